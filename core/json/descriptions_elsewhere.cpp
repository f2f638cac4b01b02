#include "json/descriptions.hpp"
#include "json/problems.hpp"

namespace growth::json {
namespace {

/// The module says where the text is rather than that the command is unknown.
Errors elsewhere(std::string_view command) {
  return {out_of_range("command", {"命令", "Command"}, std::string(command),
                       {"plan、diagnose 等计算命令；这部分内容在模块旁边的 JSON 文件里",
                        "a command that computes; this text is in the JSON files beside the module"})};
}

}  // namespace

Result<std::string> schema_command(std::string_view, const RunOptions&) { return elsewhere("schema"); }
Result<std::string> facts_command(std::string_view, const RunOptions&) { return elsewhere("facts"); }
Result<std::string> cases_command(std::string_view, const RunOptions&) { return elsewhere("cases"); }

// JSON.stringify indents where it is asked for.
std::string indented(const std::string& json) { return json; }

}  // namespace growth::json
