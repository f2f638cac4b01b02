// Warnings, as every answer carries them.
#pragma once

#include <vector>

#include "growth/plan.hpp"
#include "json/writer.hpp"

namespace growth::json {

/// The member `warnings` of the object that is being written.
inline void write_warnings(Writer& writer, const std::vector<Warning>& warnings) {
  writer.key("warnings").begin_array();
  for (const Warning& warning : warnings) {
    writer.begin_object()
        .member("code", warning.code)
        .member("path", warning.path)
        .member("message", warning.message)
        .end_object();
  }
  writer.end_array();
}

}  // namespace growth::json
