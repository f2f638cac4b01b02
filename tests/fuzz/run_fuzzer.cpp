// Any bytes through the one door: never a crash, always JSON, and an accepted scenario's completed form
// is accepted again. With clang: -fsanitize=fuzzer; otherwise main.cpp runs the corpus.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string>

#include "growth/run.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string request(reinterpret_cast<const char*>(data), size);
  const growth::Response response = growth::run("plan", request, {});
  const auto answer = nlohmann::json::parse(response.text, nullptr, false);
  if (answer.is_discarded()) std::abort();
  if (!response.ok) {
    if (!answer.contains("errors") || answer["errors"].empty()) std::abort();
    if (answer["errors"][0]["code"] == "internal") std::abort();
    return 0;
  }
  if (!growth::run("plan", answer["scenario"].dump(), {}).ok) std::abort();
  return 0;
}
