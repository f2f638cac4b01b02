// How long a catalogue is, at compile time.
#pragma once

#include <cstddef>

namespace growth {

/// `list` calls a visitor once for each entry.
template <class List>
constexpr std::size_t count_entries(List&& list) {
  std::size_t entries = 0;
  list([&](auto&&...) { ++entries; });
  return entries;
}

}  // namespace growth
