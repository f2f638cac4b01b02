#include "calibrate/columns.hpp"

#include <algorithm>
#include <array>

#include "calibrate/cells.hpp"

namespace growth::calibrate {
namespace {

enum class Content { text, date, number };

/// A field and the names of its columns, the best first, as `plain_name` gives them.
struct FieldNames {
  std::string_view field;
  Content content{};
  bool required{};
  std::string_view names;  ///< between bars
};

// Names as of 微信小店, 有赞, 抖店, 淘宝/千牛, 京东, 聚水潭, 旺店通, 管易, Shopify and WooCommerce. A
// buyer's number goes before a nickname and that before a telephone, which several people share; the
// time of payment before that of the order; what was paid before what was asked.
constexpr FieldNames k_order_fields[] = {
    {"customer", Content::text, true,
     "customerid|买家id|买家openid|用户id|会员id|顾客id|客户id|会员号|会员编号|会员卡号|会员代码|"
     "客户编号|客户编码|"
     "openid|unionid|buyerid|userid|memberid|customeruserid|customeruser|clientid|买家账号|买家帐号|"
     "下单账号|"
     "下单帐号|用户账号|买家会员名|买家昵称|客户昵称|用户昵称|会员昵称|顾客昵称|会员名|会员名称|"
     "客户网名|网名|昵称|"
     "下单用户|下单人|购买人|买家|用户|会员|客户|顾客|customer|buyer|user|member|client|customeremail|"
     "billingemail|email|emailaddress|邮箱|买家手机号|买家手机|用户手机号|会员手机号|收货人手机号|"
     "收货人手机号提货人手机号|收货人手机|收件人手机号|收件人手机|收件人电话|收货人电话|手机号|"
     "手机号码|手机|联系手机|"
     "联系电话|电话|phone|phonenumber|mobile|billingphone|shippingphone|收货人|收货人姓名|收货人提货人|"
     "收件人|"
     "收件人姓名|客户姓名|客户名称|姓名|customername|billingname|shippingname|name|masterid"},
    {"date", Content::date, true,
     "付款时间|支付时间|订单付款时间|订单支付时间|买家付款时间|支付完成时间|付款完成时间|付款确认时间|"
     "付款日期|"
     "支付日期|paidat|paiddate|datepaid|paymentdate|paymenttime|paidtime|下单时间|订单下单时间|"
     "订单创建时间|"
     "订单提交时间|创建时间|提交时间|拍单时间|拍下时间|订单时间|交易时间|成交时间|购买时间|下单日期|"
     "订单日期|交易日期|"
     "成交日期|购买日期|消费时间|消费日期|createdat|orderdate|ordertime|datecreated|orderedat|"
     "purchasedate|"
     "purchasetime|transactiondate|invoicedate|date|time|datetime|timestamp|日期|时间|订单完成时间|"
     "完成时间|"
     "dt|day"},
    {"amount", Content::number, false,
     "实付金额|订单实付金额|买家实付金额|用户实付金额|实付款|实付|买家实际支付金额|订单实际支付金额|"
     "实际支付金额|"
     "实收金额|实收款|实收|支付金额|订单支付金额|付款金额|已付金额|已付|amountpaid|paidamount|"
     "totalpaid|应付金额|"
     "订单应付金额|用户应付金额|买家应付货款|应收金额|应付|结算金额|订单金额|订单总金额|订单总额|"
     "订单总价|交易金额|"
     "成交金额|消费金额|总金额|总额|总价|金额合计|合计|金额|ordertotal|ordertotalamount|orderamount|"
     "ordervalue|"
     "grandtotal|nettotal|netamount|total|totalamount|totalprice|amount|amountgbp|amountusd|amounteur|"
     "amountcny|revenue|sales|dollars|value|商品总额|商品总价|商品金额|商品金额合计|货款|subtotal|"
     "price"},
    {"order_id", Content::text, false,
     "订单号|订单编号|主订单编号|主订单号|交易编号|交易号|订单id|线上订单号|平台单号|平台订单号|"
     "原始单号|单据编号|"
     "单号|内部订单号|orderid|orderno|ordernumber|ordername|order|invoice|invoiceno|invoicenumber|"
     "invoiceid|"
     "transactionid|receiptid|name|id|子订单编号|子订单号|支付单号"},
    {"status", Content::text, false,
     "订单状态|交易状态|订单交易状态|单据状态|支付状态|付款状态|状态|financialstatus|orderstatus|"
     "paymentstatus|"
     "status|state"},
    {"refund", Content::text, false,
     "退款金额|已退款金额|订单已退款金额|商品已退款金额|成功退款金额|退款总额|refundedamount|"
     "refundamount|"
     "amountrefunded|totalrefunded|refund|refunds|refundedtotal|退款|退款状态|订单退款状态|"
     "商品退款状态|售后状态|"
     "商品售后|refundstatus"},
    {"currency", Content::text, false, "币种|货币|交易币种|currency|currencycode|ordercurrency"},
    {"remark", Content::text, false,
     "备注|卖家备注|商家备注|订单备注|客服备注|买家留言|买家备注|note|notes|remark|remarks|ordernotes|"
     "customernote|comment|comments"}};

constexpr FieldNames k_session_fields[] = {
    {"session", Content::text, false, "场次|直播场次|场次id|直播id|直播间id|sessionid|session|liveid"},
    {"date", Content::date, true,
     "开播时间|开播日期|直播时间|直播日期|直播开始时间|开始时间|日期|时间|starttime|startedat|livedate|"
     "date|time|"
     "datetime|day"},
    {"viewers", Content::number, false,
     "观看人数|累计观看人数|直播间观看人数|总观看人数|看播人数|观众人数|场观|场观人数|进入直播间人数|"
     "访客数|uv|"
     "viewers|totalviewers|visitors|views|累计观看|观看次数"},
    {"viewers_private", Content::number, false,
     "私域观看|私域观看人数|私域人数|私域场观|私域流量|私域|viewersprivate|privateviewers|private"},
    {"viewers_referral", Content::number, false,
     "分享观看|分享观看人数|转发观看|转发观看人数|裂变观看|裂变人数|分享进入人数|分享|viewersreferral|"
     "referralviewers|referral|referrals"},
    {"viewers_public", Content::number, false,
     "公域观看|公域观看人数|公域人数|公域场观|公域流量|公域|自然流量|推荐观看人数|viewerspublic|"
     "publicviewers|"
     "viewersnatural|public|natural|organic"},
    {"hours", Content::text, false,
     "直播时长|开播时长|播出时长|时长|直播小时|小时数|duration|livehours|hours|liveduration"},
    {"orders", Content::number, false,
     "成交订单数|支付订单数|订单数|成交单数|订单量|成交件数|成交订单|支付订单|单数|orders|ordercount|"
     "purchases"},
    {"gmv", Content::number, false,
     "成交金额|支付金额|直播成交金额|销售额|成交额|gmv|交易额|sales|revenue|amount"},
    {"gpm", Content::number, false, "公域gpm|陌生人gpm|publicgpm|gpmpublic"},
    {"spend", Content::number, false,
     "投放消耗|投放金额|投放花费|加热消耗|广告消耗|推广费用|推广消耗|消耗|投放|spend|adspend|cost|"
     "adcost"},
    {"square_ctr", Content::number, false,
     "广场点击率|直播广场点击率|广场ctr|曝光点击率|曝光进入率|点击率|squarectr|ctr"},
    {"dwell_minutes", Content::text, false,
     "平均停留分钟|人均停留分钟|平均观看分钟|平均停留时长|人均停留时长|平均观看时长|人均观看时长|"
     "停留时长|"
     "dwellminutes|dwell|averagewatchminutes|watchminutes"},
    {"interaction_rate", Content::number, false, "互动率|interactionrate|engagementrate"},
    {"interactions", Content::number, false,
     "互动数|互动次数|互动人数|互动量|互动|interactions|engagements"}};

constexpr FieldNames k_contract_fields[] = {
    {"customer", Content::text, false,
     "customerid|会员id|用户id|客户id|会员号|会员编号|学员id|学员编号|学号|合同号|合同编号|contractid|"
     "contract|"
     "memberid|userid|subscriptionid|会员昵称|用户昵称|买家昵称|昵称|会员|学员|客户|用户|customer|"
     "member|user|"
     "subscriber|email|手机号|手机|姓名"},
    {"start", Content::date, false,
     "开始日期|开始时间|生效日期|生效时间|开通日期|开通时间|入会日期|入会时间|加入时间|报名时间|"
     "报名日期|签约日期|"
     "签约时间|首次购买时间|start|startdate|startedat|begin|begindate|signupdate|joined|joinedat|"
     "createdat"},
    {"end", Content::date, false,
     "结束日期|结束时间|终止日期|终止时间|退会日期|退会时间|取消日期|取消时间|退费时间|停止日期|"
     "流失日期|流失时间|"
     "end|enddate|endedat|cancelled|canceled|cancelledat|canceledat|cancellationdate|churndate|"
     "terminated"},
    {"cohort", Content::text, false, "批次|同期群|入会月份|开始月份|cohort|cohortmonth|startmonth"},
    {"period", Content::number, false,
     "期数|第几期|期|周期|第几个月|月数|续费次数|period|age|month|renewal|renewals"},
    {"count", Content::number, false,
     "人数|剩余人数|留存人数|在籍人数|续费人数|会员数|合同数|count|customers|members|survivors|active|"
     "number"}};

struct FieldList {
  const FieldNames* begin;
  std::size_t size;
};
FieldList fields_of(RecordKind kind) {
  switch (kind) {
    case RecordKind::orders: return {k_order_fields, std::size(k_order_fields)};
    case RecordKind::sessions: return {k_session_fields, std::size(k_session_fields)};
    case RecordKind::contracts: break;
  }
  return {k_contract_fields, std::size(k_contract_fields)};
}

/// Fields of a session's channels: the prefix, and an id of letters, digits and underscores behind.
constexpr std::string_view k_channel_prefixes[] = {"viewers_", "spend_"};
constexpr std::string_view k_id_characters = "abcdefghijklmnopqrstuvwxyz0123456789_";
bool is_channel_field(std::string_view name) {
  for (const std::string_view prefix : k_channel_prefixes) {
    if (name.size() > prefix.size() && name.substr(0, prefix.size()) == prefix &&
        name.find_first_not_of(k_id_characters) == std::string_view::npos) {
      return true;
    }
  }
  return false;
}

constexpr std::string_view k_age_prefix = "count_";

/// The age that a column of counts is named for: `0`, `第3期`, `M12`, `month 2`, `12个月`.
std::optional<int> age_of_name(std::string_view plain) {
  for (const std::string_view before : {"第", "month", "period", "week", "quarter", "year", "renewal",
                                        "age", "m", "p", "w", "q", "y", "t"}) {
    if (plain.size() > before.size() && plain.substr(0, before.size()) == before) {
      plain.remove_prefix(before.size());
      break;
    }
  }
  for (const std::string_view behind :
       {"个月后", "个月", "次续费", "月", "期", "周", "季", "年", "次"}) {
    if (plain.size() > behind.size() && plain.substr(plain.size() - behind.size()) == behind) {
      plain.remove_suffix(behind.size());
      break;
    }
  }
  constexpr std::size_t k_most_digits = 3;
  if (plain.empty() || plain.size() > k_most_digits) return std::nullopt;
  int age = 0;
  for (const char c : plain) {
    if (c < '0' || c > '9') return std::nullopt;
    age = age * 10 + (c - '0');
  }
  return age;
}

/// A name without case, width, spaces, punctuation and what stands in brackets, which is mostly a unit.
std::string plain_name(std::string_view name) {
  constexpr std::string_view k_ignored = " _-.:/#*\t\"'";
  const std::string all = folded(trimmed(name));
  std::string plain;
  int brackets = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i] == '(' || all[i] == '[') {
      ++brackets;
    } else if (all[i] == ')' || all[i] == ']') {
      if (brackets > 0) --brackets;
    } else if (brackets == 0 && k_ignored.find(all[i]) == std::string_view::npos) {
      plain += all[i];
    }
  }
  return plain;
}

/// The place of `name` among the names between bars, from 0; nothing where it is not there.
std::optional<int> place_among(std::string_view names, std::string_view name) {
  int place = 0;
  while (!names.empty()) {
    const std::size_t bar = names.find('|');
    if (names.substr(0, bar) == name) return place;
    names = bar == std::string_view::npos ? std::string_view() : names.substr(bar + 1);
    ++place;
  }
  return std::nullopt;
}

constexpr std::size_t k_examples = 3;
constexpr std::size_t k_longest_example = 60;

/// A text cut between two characters.
std::string shortened(std::string_view text) {
  if (text.size() <= k_longest_example) return std::string(text);
  std::size_t end = k_longest_example;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

/// What the cells of one column among the first rows are.
struct ColumnContent {
  std::size_t filled{};
  std::size_t dates{};          ///< in at least one order of day and month
  std::size_t written_dates{};  ///< of them, those that are no bare numbers
  std::size_t numbers{};
  std::size_t money{};   ///< of them, those with a fraction or a currency sign
  std::size_t people{};  ///< telephone numbers and mail addresses
};

bool is_date(std::string_view cell) {
  return day_in(cell, DateOrder::month_first) || day_in(cell, DateOrder::day_first) ||
         day_in(cell, DateOrder::year_first);
}

bool is_person(std::string_view cell) {
  const std::string text = folded(trimmed(cell));
  const std::size_t at = text.find('@');
  if (at != std::string::npos && at > 0 && text.find('.', at) != std::string::npos) return true;
  // A Chinese mobile number, also with its middle hidden.
  return text.size() == 11 && text[0] == '1' &&
         text.find_first_not_of("0123456789*") == std::string::npos;
}

ColumnContent content_of(const FirstRows& rows, std::size_t column) {
  ColumnContent content;
  for (const std::vector<std::string>& row : rows) {
    if (column >= row.size() || trimmed(row[column]).empty()) continue;
    const std::string_view cell = row[column];
    ++content.filled;
    const auto number = number_in(cell);
    if (number) ++content.numbers;
    if (number && (!number->currency.empty() || cell.find('.') != std::string_view::npos))
      ++content.money;
    if (is_date(cell)) {
      ++content.dates;
      if (!number) ++content.written_dates;
    }
    if (is_person(cell)) ++content.people;
  }
  return content;
}

/// Whether a column holds what a field needs: mostly, not at all, or nobody can tell.
enum class Fit { no, unknown, yes };
Fit fit_of(Content wanted, const ColumnContent& content) {
  if (wanted == Content::text) return Fit::yes;
  if (content.filled == 0) return Fit::unknown;
  const std::size_t good = wanted == Content::date ? content.dates : content.numbers;
  return 2 * good >= content.filled ? Fit::yes : Fit::no;
}

// A name that fits outweighs everything else; an empty column loses against every filled one; what is
// no date or number at all is taken by name only where nothing better is there.
constexpr int k_by_name = 3000;
constexpr int k_empty = 1000;
constexpr int k_wrong_content = 2000;

struct Candidate {
  std::size_t field{};
  std::size_t column{};
  int score{};
};

/// The share of the filled cells, in percent, that lets content alone name a column.
constexpr std::size_t k_content_percent = 80;
bool mostly(std::size_t good, const ColumnContent& content) {
  return content.filled > 0 && 100 * good >= k_content_percent * content.filled;
}

Error error_of(ErrorCode code, std::string path, Message message, std::string got,
               std::string allowed) {
  return {code, std::move(path), std::move(message), std::move(got), std::move(allowed)};
}

std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t k_most = 60;
  std::string list;
  for (std::size_t i = 0; i < names.size() && i < k_most; ++i) {
    if (i > 0) list += ", ";
    list += shortened(names[i]);
  }
  if (names.size() > k_most) list += ", …";
  return list;
}

class Recogniser {
 public:
  Recogniser(RecordKind kind, const std::vector<std::string>& header, const FirstRows& rows)
      : kind_(kind), header_(header), rows_(rows), fields_(fields_of(kind)) {
    for (std::size_t column = 0; column < header.size(); ++column) {
      contents_.push_back(content_of(rows, column));
      FileColumn entry;
      entry.name = header[column];
      for (const std::vector<std::string>& row : rows) {
        if (entry.examples.size() == k_examples) break;
        if (column < row.size() && !trimmed(row[column]).empty()) {
          entry.examples.push_back(shortened(row[column]));
        }
      }
      result_.columns.push_back(std::move(entry));
    }
  }

  Result<Recognition> run(const std::vector<ColumnChoice>& choices) {
    for (const ColumnChoice& choice : choices) choose(choice);
    if (!errors_.empty()) return errors_;
    assign_by_name();
    assign_channels();
    assign_ages();
    assign_by_content();
    list_missing();
    decide_date_order();
    result_.sure = result_.missing.empty() && !result_.ambiguous;
    for (const FileColumn& column : result_.columns) {
      if (!column.field.empty() && !column.sure) result_.sure = false;
    }
    return std::move(result_);
  }

 private:
  void choose(const ColumnChoice& choice) {
    const std::string path = "columns." + choice.field;
    if (!is_record_field(kind_, choice.field)) {
      const std::string allowed = listed(record_fields(kind_));
      errors_.push_back(
          error_of(ErrorCode::unknown_field, path,
                   {"没有“" + shortened(choice.field) + "”这一项，可以指定的有：" + allowed + "。",
                    "There is no field “" + shortened(choice.field) + "”; there are " + allowed + "."},
                   shortened(choice.field), allowed));
      return;
    }
    const std::optional<std::size_t> column = chosen_column(choice.name);
    if (!column) {
      const std::string allowed = listed(header_);
      errors_.push_back(error_of(
          ErrorCode::out_of_range, path,
          {"文件里没有“" + shortened(choice.name) + "”这一列，现有的列：" + allowed + "。",
           "The file has no column “" + shortened(choice.name) + "”; its columns are " + allowed + "."},
          shortened(choice.name), allowed));
      return;
    }
    FileColumn& entry = result_.columns[*column];
    if (!entry.field.empty()) {
      errors_.push_back(
          error_of(ErrorCode::conflict, path,
                   {"“" + shortened(entry.name) + "”这一列已经用作 " + entry.field + "，不能再用作 " +
                        choice.field + "。",
                    "The column “" + shortened(entry.name) + "” already stands for " + entry.field +
                        " and cannot stand for " + choice.field + " as well."},
                   shortened(choice.name), "a column of its own for each field"));
      return;
    }
    entry.field = choice.field;
    entry.sure = true;
  }

  /// By the name as it stands, then by the name without case and punctuation, then by number.
  [[nodiscard]] std::optional<std::size_t> chosen_column(std::string_view name) const {
    for (std::size_t i = 0; i < header_.size(); ++i) {
      if (trimmed(header_[i]) == trimmed(name)) return i;
    }
    for (std::size_t i = 0; i < header_.size(); ++i) {
      if (!plain_name(name).empty() && plain_name(header_[i]) == plain_name(name)) return i;
    }
    std::size_t number = 0;
    for (const char c : name) {
      if (c < '0' || c > '9' || number > header_.size()) return std::nullopt;
      number = number * 10 + static_cast<std::size_t>(c - '0');
    }
    if (number < 1 || number > header_.size()) return std::nullopt;
    return number - 1;
  }

  [[nodiscard]] bool is_taken(std::size_t field) const {
    return result_.column_of(fields_.begin[field].field).has_value();
  }

  void assign_by_name() {
    std::vector<std::string> plain;
    for (const std::string& name : header_) plain.push_back(plain_name(name));
    std::vector<Candidate> candidates;
    for (std::size_t field = 0; field < fields_.size; ++field) {
      if (is_taken(field)) continue;
      for (std::size_t column = 0; column < header_.size(); ++column) {
        if (plain[column].empty() || !result_.columns[column].field.empty()) continue;
        const auto place = place_among(fields_.begin[field].names, plain[column]);
        if (!place) continue;
        const Fit fit = fit_of(fields_.begin[field].content, contents_[column]);
        int score = k_by_name - *place;
        if (contents_[column].filled == 0 && !rows_.empty()) score -= k_empty;
        if (fit == Fit::no) score -= k_wrong_content;
        candidates.push_back({field, column, score});
      }
    }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
    for (const Candidate& candidate : candidates) {
      FileColumn& column = result_.columns[candidate.column];
      if (is_taken(candidate.field) || !column.field.empty()) continue;
      const bool tied = std::any_of(candidates.begin(), candidates.end(), [&](const Candidate& other) {
        return other.field == candidate.field && other.column != candidate.column &&
               other.score == candidate.score;
      });
      column.field = fields_.begin[candidate.field].field;
      column.sure = !tied && candidate.score > k_by_name - k_wrong_content + k_empty / 2;
    }
    take_for_required(candidates);
  }

  /// A column that would do for a field that has to be there is taken from one that need not be: `name`
  /// is a customer where there is no other, and Shopify's number of an order where there is.
  void take_for_required(const std::vector<Candidate>& candidates) {
    for (const Candidate& candidate : candidates) {
      if (!fields_.begin[candidate.field].required || is_taken(candidate.field)) continue;
      FileColumn& column = result_.columns[candidate.column];
      const std::string_view holder = column.field;
      const bool needed =
          std::any_of(fields_.begin, fields_.begin + fields_.size,
                      [&](const FieldNames& other) { return other.field == holder && other.required; });
      if (needed) continue;
      column.field = fields_.begin[candidate.field].field;
      column.sure = false;
    }
  }

  void assign_channels() {
    if (kind_ != RecordKind::sessions) return;
    for (FileColumn& column : result_.columns) {
      const std::string name = folded(trimmed(column.name));
      if (column.field.empty() && is_channel_field(name) && !result_.column_of(name)) {
        column.field = name;
        column.sure = true;
      }
    }
  }

  /// Contracts counted in a column for each age, where the file has no other form of them.
  void assign_ages() {
    const auto has = [&](std::string_view field) { return result_.column_of(field).has_value(); };
    if (kind_ != RecordKind::contracts || has("start") || has("end") ||
        (has("period") && has("count"))) {
      return;
    }
    for (FileColumn& column : result_.columns) {
      const auto age = column.field.empty() ? age_of_name(plain_name(column.name)) : std::nullopt;
      if (!age || has(age_field(*age))) continue;
      column.field = age_field(*age);
      column.sure = true;
    }
  }
  [[nodiscard]] static std::string age_field(int age) {
    return std::string(k_age_prefix) + std::to_string(age);
  }

  /// The column left over that `holds` names best, by the number of its cells; none where none fits.
  template <class Holds>
  void assign_best(std::string_view field, const Holds& holds) {
    if (result_.column_of(field)) return;
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < contents_.size(); ++i) {
      if (!result_.columns[i].field.empty() || !mostly(holds(contents_[i]), contents_[i])) continue;
      if (!best || contents_[i].filled > contents_[*best].filled) best = i;
    }
    if (best) result_.columns[*best].field = field;
  }

  void assign_by_content() {
    if (kind_ == RecordKind::contracts) return;
    assign_best("date", [](const ColumnContent& content) { return content.written_dates; });
    if (kind_ != RecordKind::orders) return;
    assign_best("customer", [](const ColumnContent& content) { return content.people; });
    assign_best("amount", [](const ColumnContent& content) { return content.money; });
  }

  void list_missing() {
    for (std::size_t field = 0; field < fields_.size; ++field) {
      if (fields_.begin[field].required && !is_taken(field)) {
        result_.missing.emplace_back(fields_.begin[field].field);
      }
    }
    if (kind_ != RecordKind::contracts) return;
    // Contracts one by one, or counted by their age.
    const auto has = [&](std::string_view field) { return result_.column_of(field).has_value(); };
    if (has("start") && has("end")) return;
    const auto ages =
        std::count_if(result_.columns.begin(), result_.columns.end(),
                      [](const FileColumn& column) { return age_of_field(column.field); });
    if (ages >= 2) return;
    if (has("period") || has("count")) {
      if (!has("period")) result_.missing.emplace_back("period");
      if (!has("count")) result_.missing.emplace_back("count");
      return;
    }
    for (const char* field : {"start", "end"}) {
      if (!has(field)) result_.missing.emplace_back(field);
    }
  }

  void decide_date_order() {
    std::size_t dates = 0;
    std::size_t months_first = 0;
    std::size_t days_first = 0;
    std::optional<AmbiguousDate> ambiguous;
    for (std::size_t column = 0; column < header_.size(); ++column) {
      const std::string& field = result_.columns[column].field;
      if (field != "date" && field != "start" && field != "end") continue;
      for (std::size_t row = 0; row < rows_.size(); ++row) {
        if (column >= rows_[row].size()) continue;
        const std::string& cell = rows_[row][column];
        const auto month_first = day_in(cell, DateOrder::month_first);
        const auto day_first = day_in(cell, DateOrder::day_first);
        if (month_first || day_first || day_in(cell, DateOrder::year_first)) ++dates;
        if (month_first == day_first) continue;
        if (month_first) ++months_first;
        if (day_first) ++days_first;
        if (month_first && day_first && !ambiguous) {
          ambiguous = AmbiguousDate{row, column, shortened(cell)};
        }
      }
    }
    if (months_first > days_first) {
      result_.date_order = DateOrder::month_first;
    } else if (days_first > months_first) {
      result_.date_order = DateOrder::day_first;
    } else if (ambiguous) {
      result_.ambiguous = ambiguous;
    } else if (dates > 0) {
      result_.date_order = DateOrder::year_first;
    }
  }

  RecordKind kind_;
  const std::vector<std::string>& header_;
  const FirstRows& rows_;
  FieldList fields_;
  std::vector<ColumnContent> contents_;
  Recognition result_;
  Errors errors_;
};

}  // namespace

std::string_view record_kind_name(RecordKind kind) {
  switch (kind) {
    case RecordKind::orders: return "orders";
    case RecordKind::sessions: return "sessions";
    case RecordKind::contracts: return "contracts";
  }
  return "";
}

std::optional<int> age_of_field(std::string_view field) {
  if (field.size() <= k_age_prefix.size() || field.substr(0, k_age_prefix.size()) != k_age_prefix) {
    return std::nullopt;
  }
  return age_of_name(field.substr(k_age_prefix.size()));
}

std::vector<std::string> record_fields(RecordKind kind) {
  const FieldList fields = fields_of(kind);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < fields.size; ++i) names.emplace_back(fields.begin[i].field);
  return names;
}

bool is_record_field(RecordKind kind, std::string_view field) {
  const FieldList fields = fields_of(kind);
  for (std::size_t i = 0; i < fields.size; ++i) {
    if (fields.begin[i].field == field) return true;
  }
  if (kind == RecordKind::contracts) return age_of_field(field).has_value();
  return kind == RecordKind::sessions && is_channel_field(field);
}

std::optional<std::size_t> Recognition::column_of(std::string_view field) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].field == field) return i;
  }
  return std::nullopt;
}

Result<Recognition> recognise(RecordKind kind, const std::vector<std::string>& header,
                              const FirstRows& first_rows, const std::vector<ColumnChoice>& choices) {
  return Recogniser(kind, header, first_rows).run(choices);
}

std::string_view currency_of_name(std::string_view column) {
  struct Word {
    std::string_view word;
    std::string_view code;
  };
  constexpr Word k_words[] = {{"gbp", "GBP"},     {"pounds", "GBP"}, {"英镑", "GBP"}, {"usd", "USD"},
                              {"dollars", "USD"}, {"美元", "USD"},   {"eur", "EUR"},  {"euros", "EUR"},
                              {"欧元", "EUR"},    {"hkd", "HKD"},    {"港币", "HKD"}, {"twd", "TWD"},
                              {"jpy", "JPY"},     {"日元", "JPY"},   {"cny", "CNY"},  {"rmb", "CNY"},
                              {"人民币", "CNY"}};
  const std::string name = folded(column);
  const auto is_letter = [&](std::size_t i) {
    return i < name.size() && name[i] >= 'a' && name[i] <= 'z';
  };
  for (const Word& word : k_words) {
    const std::size_t at = name.find(word.word);
    if (at == std::string::npos) continue;
    // Codes count as whole words: "europe" is no currency.
    const bool latin = word.word[0] >= 'a' && word.word[0] <= 'z';
    if (latin && ((at > 0 && is_letter(at - 1)) || is_letter(at + word.word.size()))) continue;
    return word.code;
  }
  return {};
}

}  // namespace growth::calibrate
