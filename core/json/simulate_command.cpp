#include "json/futures_commands.hpp"
#include "json/problems.hpp"
#include "json/request.hpp"

namespace growth::json {

Result<std::string> simulate_command(std::string_view text, const RunOptions&) {
  const Result<Request> request = read_request(text);
  if (!request.ok()) return request.errors();
  return Errors{missing("simulate", {"还没有", "not there yet"})};
}

}  // namespace growth::json
