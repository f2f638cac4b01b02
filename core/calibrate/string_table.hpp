// Texts counted once: a million customers' names in one block of memory, each with a number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace growth::calibrate {

/// A hash of 64 bits: eight bytes at a time, multiplied and folded (after wyhash's mixing step).
[[nodiscard]] inline std::uint64_t hash_of(std::string_view text) {
  constexpr std::uint64_t k_multiplier = 0x9E3779B97F4A7C15u;  // 2^64 over the golden ratio, odd
  std::uint64_t hash = text.size() * k_multiplier;
  const auto mix = [&hash](std::uint64_t word) {
    hash = (hash ^ word) * k_multiplier;
    hash ^= hash >> 32;
  };
  std::uint64_t word = 0;
  for (; text.size() >= sizeof word; text.remove_prefix(sizeof word)) {
    std::memcpy(&word, text.data(), sizeof word);
    mix(word);
  }
  word = 0;
  if (!text.empty()) std::memcpy(&word, text.data(), text.size());
  mix(word);
  return hash;
}

/// Holds up to 2^32 - 2 texts of 4 GiB in all. About 30 bytes per text beside its own.
class StringTable {
 public:
  /// The number of a text, from 0 in the order of first appearance.
  std::uint32_t number_of(std::string_view text) {
    if (2 * (size() + 1) > slots_.size()) grow();
    const std::uint64_t hash = hash_of(text);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t slot = hash & mask;; slot = (slot + 1) & mask) {
      const Slot found = slots_[slot];
      if (found.number == k_free) {
        const auto number = static_cast<std::uint32_t>(size());
        slots_[slot] = {number, tag_of(hash)};
        text_.append(text);
        ends_.push_back(static_cast<std::uint32_t>(text_.size()));
        return number;
      }
      if (found.tag == tag_of(hash) && text_of(found.number) == text) return found.number;
    }
  }

  [[nodiscard]] std::string_view text_of(std::uint32_t number) const {
    const std::uint32_t start = number == 0 ? 0 : ends_[number - 1];
    return std::string_view(text_).substr(start, ends_[number] - start);
  }
  [[nodiscard]] std::size_t size() const { return ends_.size(); }

 private:
  static constexpr std::uint32_t k_free = 0xFFFFFFFF;
  static constexpr std::size_t k_first_slots = 1024;

  /// The upper half of the hash beside the number keeps most comparisons from the texts.
  struct Slot {
    std::uint32_t number{k_free};
    std::uint32_t tag{};
  };
  static std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }

  void grow() {
    slots_.assign(slots_.empty() ? k_first_slots : 2 * slots_.size(), Slot{});
    const std::size_t mask = slots_.size() - 1;
    for (std::uint32_t number = 0; number < size(); ++number) {
      const std::uint64_t hash = hash_of(text_of(number));
      std::size_t slot = hash & mask;
      while (slots_[slot].number != k_free) slot = (slot + 1) & mask;
      slots_[slot] = {number, tag_of(hash)};
    }
  }

  std::string text_;
  std::vector<std::uint32_t> ends_;
  std::vector<Slot> slots_;
};

}  // namespace growth::calibrate
