// The one door for JavaScript. Text in, bytes of UTF-8 text out: nothing to delete, nothing that Embind
// could coerce silently; requests are checked where they are read.
#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <string>

#include "growth/run.hpp"

namespace {

/// `on_progress` is undefined or a function of the share done; the run stops when it answers false.
/// The answer is a copy, because a view of the module's memory dies with its next growth.
emscripten::val run(const std::string& command, const std::string& request,
                    const emscripten::val& on_progress) {
  growth::RunOptions options;
  if (!on_progress.isUndefined()) {
    options.execution.progress = [&on_progress](double share) {
      return !on_progress.call<emscripten::val>("call", emscripten::val::undefined(), share).isFalse();
    };
  }
  const std::string text = growth::run(command, request, options).text;
  const emscripten::val view(
      emscripten::typed_memory_view(text.size(), reinterpret_cast<const unsigned char*>(text.data())));
  return view.call<emscripten::val>("slice");
}

}  // namespace

EMSCRIPTEN_BINDINGS(growth) { emscripten::function("run", &run); }
