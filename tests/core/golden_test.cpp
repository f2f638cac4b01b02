// The same bits everywhere: whole answers as text, made by one build and met by all. After a change of
// the model that is meant, set GROWTH_UPDATE_GOLDEN=1 and review the difference.
#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>

#include "growth/run.hpp"
#include "support.hpp"

using namespace growth;
using test::Json;

namespace {

void check_golden(const std::string& name, const std::string& scenario,
                  const std::string& command = "plan") {
  CAPTURE(name);
  const Response response = run(command, scenario, {});
  CHECK(response.ok);
  const std::string file = "golden/" + name + ".json";
  if (std::getenv("GROWTH_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(GROWTH_TESTS_DIR "/" + file, std::ios::binary) << response.text << '\n';
  }
  // Not CHECK(a == b): the texts are long, and a difference is best seen with a tool.
  const bool same = response.text + "\n" == test::file_text(file);
  CHECK(same);
}

}  // namespace

TEST_CASE("golden answers are met to the last bit") {
  check_golden("default", "{}");
  for (const std::string& name : test::file_names("examples")) {
    const Json example = Json::parse(test::file_text(name));
    check_golden("example-" + name.substr(name.find('/') + 1, 2), example["scenario"].dump());
  }
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    check_golden("random-" + std::to_string(seed),
                 test::scenario_json(test::random_scenario(seed)).dump());
  }
}

TEST_CASE("golden futures are met to the last bit") {
  const std::string text = test::file_text("golden/futures-scenario.json");
  for (const std::string command : {"simulate", "sensitivity", "seek", "allocate"}) {
    check_golden("futures-" + command, text, command);
  }
  Json philox = Json::parse(text);
  philox["uncertainty"]["sampler"] = "philox";
  check_golden("futures-philox", philox.dump(), "simulate");
}
