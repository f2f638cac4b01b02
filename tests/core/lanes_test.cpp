// One future has the same bits alone, in any lane and in any width.
#include "number/lanes.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <vector>

#include "growth/fields.hpp"
#include "model/run.hpp"
#include "support.hpp"

using namespace growth;

namespace {

bool same_bits(double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0; }

template <int Width>
void check_elementary() {
  using num::Lanes;
  test::Random random(7);
  for (int round = 0; round < 2000; ++round) {
    Lanes<Width> x(1.0);
    Lanes<Width> y(1.0);
    for (int i = 0; i < Width; ++i) {
      x.lanes[i] = num::exp(random.between(-40, 40));
      y.lanes[i] = random.between(-30, 30);
    }
    const Lanes<Width> found[] = {num::exp(y),
                                  num::exp_moderate(y),
                                  num::expm1(y),
                                  num::log(x),
                                  num::log_normal_number(x),
                                  num::log1p(x),
                                  num::pow(x, y),
                                  num::min(x, y),
                                  num::max(x, y),
                                  num::clamp(y, -1, 1),
                                  num::select(x < y, x, y)};
    for (int i = 0; i < Width; ++i) {
      const double a = x.lanes[i];
      const double b = y.lanes[i];
      const double alone[] = {num::exp(b),
                              num::exp_moderate(b),
                              num::expm1(b),
                              num::log(a),
                              num::log_normal_number(a),
                              num::log1p(a),
                              num::pow(a, b),
                              num::min(a, b),
                              num::max(a, b),
                              num::clamp(b, -1, 1),
                              num::select(a < b, a, b)};
      for (std::size_t f = 0; f < std::size(alone); ++f) {
        CAPTURE(f);
        CAPTURE(a);
        CAPTURE(b);
        CHECK(same_bits(found[f].lanes[i], alone[f]));
      }
    }
  }
}

/// Futures of random scenarios: the same scenario with one input changed from lane to lane.
template <int Width>
void check_model() {
  using Number = num::Lanes<Width>;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    CAPTURE(seed);
    const Scenario<double> scenario = test::random_scenario(seed);
    static const Incentives none;
    const Incentives& incentives = scenario.incentives.own ? *scenario.incentives.own : none;
    const model::CompiledIncentives compiled = model::compile(incentives, scenario.business.tags);
    Scenario<Number> pack = convert<Number>(scenario);
    for (int i = 0; i < Width; ++i) {
      pack.private_domain.users.lanes[i] = scenario.private_domain.users * (1 + 0.1 * i);
      pack.repurchase.retention.lanes[i] = scenario.repurchase.retention * (1 - 0.02 * i);
    }
    std::vector<Month<Number>> months;
    const Summary<Number> together = model::run(
        pack, compiled, [&](int, const Month<Number>& month, const auto&) { months.push_back(month); });
    for (int i = 0; i < Width; ++i) {
      Scenario<double> alone = scenario;
      alone.private_domain.users = pack.private_domain.users.lanes[i];
      alone.repurchase.retention = pack.repurchase.retention.lanes[i];
      const Summary<double> summary =
          model::run(alone, compiled, [&](int t, const Month<double>& month, const auto&) {
            const Month<Number>& lane = months[static_cast<std::size_t>(t)];
            CHECK(same_bits(lane.viewers.lanes[i], month.viewers));
            CHECK(same_bits(lane.profit.lanes[i], month.profit));
            CHECK(same_bits(lane.cumulative_cash.lanes[i], month.cumulative_cash));
            CHECK(same_bits(lane.incentive_cash.lanes[i], month.incentive_cash));
          });
      CHECK(same_bits(together.gmv.lanes[i], summary.gmv));
      CHECK(same_bits(together.npv.lanes[i], summary.npv));
      CHECK(same_bits(together.payback_month.lanes[i], summary.payback_month));
    }
  }
}

}  // namespace

TEST_CASE("elementary functions of a pack are those of its lanes") {
  check_elementary<1>();
  check_elementary<2>();
  check_elementary<4>();
}

TEST_CASE("a future has the same bits in every lane and width") {
  check_model<1>();
  check_model<2>();
  check_model<4>();
}
