#include "json/futures_commands.hpp"
#include "json/problems.hpp"

namespace growth::json {
namespace {

Errors elsewhere(std::string_view command) {
  return {out_of_range("command", {"命令", "Command"}, std::string(command),
                       {"完整模块才有的命令（createGrowth({ full: true })）",
                        "a command of the full module: createGrowth({ full: true })"})};
}

}  // namespace

Result<std::string> simulate_command(std::string_view, const RunOptions&) {
  return elsewhere("simulate");
}
Result<std::string> sensitivity_command(std::string_view, const RunOptions&) {
  return elsewhere("sensitivity");
}
Result<std::string> seek_command(std::string_view, const RunOptions&) { return elsewhere("seek"); }
Result<std::string> allocate_command(std::string_view, const RunOptions&) {
  return elsewhere("allocate");
}

}  // namespace growth::json
