// What stands behind the one door: a table of commands. The native program has them all; each module of
// the page links a table of its own (commands_*.cpp) and says of the others where they are.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "growth/result.hpp"
#include "growth/run.hpp"

namespace growth::json {

struct Command {
  std::string_view name;
  /// Null where the command is elsewhere.
  Result<std::string> (*answer)(std::string_view request, const RunOptions& options){};
  const Text* elsewhere{};  ///< what is allowed instead of this command
};

/// Of this program or module.
[[nodiscard]] std::span<const Command> commands();

/// Text of ours, indented for reading. A page's modules leave that to JSON.stringify.
[[nodiscard]] std::string indented(const std::string& json);

inline constexpr Text k_in_files{
    "plan、diagnose 等计算命令；这部分内容在模块旁边的 JSON 文件里",
    "a command that computes; this text is in the JSON files beside the module"};
inline constexpr Text k_in_first_module{"首个模块才有的命令（createGrowth()）",
                                        "a command of the first module: createGrowth()"};
inline constexpr Text k_in_full_module{"完整模块才有的命令（createGrowth({ full: true })）",
                                       "a command of the full module: createGrowth({ full: true })"};
inline constexpr Text k_in_records_module{
    "记录模块才有的命令（createGrowth({ records: true })）",
    "a command of the records module: createGrowth({ records: true })"};

}  // namespace growth::json
