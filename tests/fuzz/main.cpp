// Stand-in for libFuzzer: runs the files it is given and a few thousand random mutations of each, the
// same ones every time.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>  // a test tool: the standard engine is the same everywhere
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void feed(const std::string& text) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

std::string mutated(std::string text, std::mt19937& random) {
  constexpr const char* k_pieces[] = {"\"",    "{",   "}",  "[",    "]",    ":",        ",",
                                      "1e999", "-1",  "0",  "null", "true", "\xff",     "\\u0000",
                                      "1e308", ",",   "\n", "\x1f", "\x1e", "12/31/98", "2026年1月2日",
                                      "￥",    "E+17"};
  for (unsigned edits = 1 + random() % 4; edits > 0; --edits) {
    const std::size_t at = text.empty() ? 0 : random() % text.size();
    switch (random() % 4) {
      case 0: text.erase(at, random() % 8); break;
      case 1: text.insert(at, k_pieces[random() % std::size(k_pieces)]); break;
      case 2:
        if (!text.empty()) text[at] = static_cast<char>(random());
        break;
      default: text.insert(at, text.substr(at, random() % 40)); break;
    }
  }
  return text;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  std::size_t inputs = 0;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    std::mt19937 random(static_cast<unsigned>(text.size()));
    feed(text);
    for (int i = 0; i < 1500; ++i) feed(mutated(text, random));
    inputs += 1501;
  }
  std::cout << inputs << " inputs\n";
  return inputs == 0 ? 1 : 0;
}
