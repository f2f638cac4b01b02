// A check of many thousands in a loop.
#pragma once

#include <doctest/doctest.h>

/// CHECK that costs nothing while it holds: doctest keeps a record of each assertion it makes, which in
/// a hot loop takes longer than what is checked. Where it does not hold it is the CHECK, with its words
/// and values.
#define CHECK_EACH(...)                     \
  do {                                      \
    if (!(__VA_ARGS__)) CHECK(__VA_ARGS__); \
  } while (false)
