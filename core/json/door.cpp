#include "json/door.hpp"

#include <exception>
#include <vector>

#include "json/problems.hpp"
#include "json/write.hpp"

namespace growth::json {
namespace {

Result<std::string> dispatch(std::string_view name, std::string_view request,
                             const RunOptions& options) {
  Message allowed;
  std::vector<std::string> names;
  for (const Command& command : commands()) {
    if (command.name != name) {
      names.emplace_back(command.name);
    } else if (command.answer != nullptr) {
      return command.answer(request, options);
    } else {
      allowed = {std::string(command.elsewhere->zh), std::string(command.elsewhere->en)};
    }
  }
  if (allowed.en.empty()) allowed = one_of(names);
  return Errors{out_of_range("command", {"命令", "Command"}, std::string(name), std::move(allowed))};
}

Response failure(const Errors& errors, const RunOptions& options) {
  Message headline = errors.front().message;
  if (errors.size() > 1) {
    const std::string more = std::to_string(errors.size() - 1);
    headline.zh += "（另有 " + more + " 处）";
    headline.en += " (and " + more + " more)";
  }
  Writer writer;
  write(writer, errors);
  return {false, options.pretty ? indented(writer.take()) : writer.take(), std::move(headline)};
}

Response answer(std::string_view command, std::string_view request, const RunOptions& options) {
  Result<std::string> result = dispatch(command, request, options);
  if (!result.ok()) return failure(result.errors(), options);
  std::string text = std::move(result).value();
  return {true, options.pretty ? indented(text) : std::move(text), {}};
}

}  // namespace
}  // namespace growth::json

namespace growth {

#if defined(__cpp_exceptions)
Response run(std::string_view command, std::string_view request, const RunOptions& options) noexcept {
  const auto internal = [](const char* what) {
    return Response{
        false,
        R"({"errors":[{"code":"internal","path":"","message":{"zh":"计算器内部出错。","en":"The calculator itself failed."},"got":null,"allowed":""}]})",
        {"计算器内部出错。", std::string("The calculator itself failed: ") + what}};
  };
  try {
    return json::answer(command, request, options);
  } catch (const std::exception& problem) {
    return internal(problem.what());
  } catch (...) {
    return internal("unknown");
  }
}
#else
// The browser's module is built without exceptions, a seventh smaller. There a fault ends the
// instance; growth.js catches that, answers with the same error and makes a new instance.
Response run(std::string_view command, std::string_view request, const RunOptions& options) noexcept {
  return json::answer(command, request, options);
}
#endif

}  // namespace growth
