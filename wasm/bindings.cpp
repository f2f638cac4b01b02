// The one door for JavaScript. Text in, bytes of UTF-8 text out: nothing to delete, nothing that Embind
// could coerce silently; requests are checked where they are read.
#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <string>

#include "growth/run.hpp"

namespace {

/// A copy, because a view of the module's memory dies with its next growth.
emscripten::val run(const std::string& command, const std::string& request) {
  const std::string text = growth::run(command, request, {}).text;
  const emscripten::val view(
      emscripten::typed_memory_view(text.size(), reinterpret_cast<const unsigned char*>(text.data())));
  return view.call<emscripten::val>("slice");
}

}  // namespace

EMSCRIPTEN_BINDINGS(growth) { emscripten::function("run", &run); }
