// What a misspelt name was meant to be: the published distances, and every way to be two letters off.
#include "json/known_names.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using growth::json::nearest_name;

namespace {

bool near(const std::string& given, const std::string& name) {
  return nearest_name(given, {name}) == name;
}

}  // namespace

TEST_CASE("names within two edits are found, others are not") {
  // Wagner and Fischer's examples: kitten and sitting are 3 apart, Saturday and Sunday 3, flaw and
  // lawn 2.
  CHECK(!near("kitten", "sitting"));
  CHECK(!near("Saturday", "Sunday"));
  CHECK(near("flaw", "lawn"));
  CHECK(near("", "ab"));
  CHECK(!near("", "abc"));
}

TEST_CASE("two letters put in, left out or changed, wherever they are") {
  const std::string name = "sessions_per_month";
  for (std::size_t i = 0; i < name.size(); ++i) {
    for (std::size_t j = 0; j < name.size(); ++j) {
      std::string more = name;
      more.insert(i, 1, '#');
      more.insert(j, 1, '#');
      CHECK(near(more, name));
      CHECK(!near("#" + more, name));
      std::string less = name;
      less.erase(i, 1);
      if (j < less.size()) less.erase(j, 1);
      CHECK(near(less, name));
      CHECK(near(name, less));
      std::string other = name;
      other[i] = '#';
      other[j] = '?';
      CHECK(near(other, name));
      if (i != j) CHECK(!near(other + "#", name));
    }
  }
}

TEST_CASE("the nearest of several, and of equals the first") {
  CHECK(nearest_name("user", {"used_up", "users", "uses"}) == "users");
  CHECK(nearest_name("usars", {"users", "usurs"}) == "users");
  CHECK(nearest_name("users", {"user", "users"}) == "users");
}

TEST_CASE("as long as a name can be, and longer") {
  const std::string longest(64, 'n');
  CHECK(near(longest, longest + "nn"));
  CHECK(!near(longest, longest + "nnn"));
  CHECK(near(longest, longest.substr(2)));
  CHECK(!near(longest + "n", longest));
}
