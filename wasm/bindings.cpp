// The one door for JavaScript. Text in, bytes of UTF-8 text out: nothing to delete, nothing that Embind
// could coerce silently; requests are checked where they are read.
#include <emscripten/bind.h>
#include <emscripten/val.h>

#include <cstddef>
#include <string>

#include "growth/library.hpp"
#include "growth/run.hpp"
#include "growth/table.hpp"

namespace {

/// `on_progress` is undefined or a function of the share done; the run stops when it answers false.
/// The answer is a copy, because a view of the module's memory dies with its next growth.
emscripten::val answer(const std::string& command, const std::string& request,
                       const emscripten::val& on_progress, growth::Table* table) {
  growth::RunOptions options;
  options.table = table;
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

emscripten::val run(const std::string& command, const std::string& request,
                    const emscripten::val& on_progress) {
  return answer(command, request, on_progress, nullptr);
}

#if defined(GROWTH_TABLES)
/// The same with a table beside the request: a Uint8Array, copied once into the module's memory.
emscripten::val run_table(const std::string& command, const std::string& request,
                          const emscripten::val& on_progress, const emscripten::val& bytes) {
  const auto size = bytes["byteLength"].as<std::size_t>();
  // Of a table that is too large only its size is looked at.
  const bool readable = size <= growth::k_largest_table;
  std::string text(readable ? size : growth::k_largest_table + 1, '\0');
  if (readable) {
    const emscripten::val view(
        emscripten::typed_memory_view(size, reinterpret_cast<unsigned char*>(text.data())));
    view.call<void>("set", bytes);
  }
  growth::SeparatedTable table(text);
  return answer(command, request, on_progress, &table);
}
#endif

}  // namespace

EMSCRIPTEN_BINDINGS(growth) {
  emscripten::function("run", &run);
#if defined(GROWTH_LIBRARY_BESIDE)
  emscripten::function("provideLibrary", &growth::provide_library);
#endif
#if defined(GROWTH_TABLES)
  emscripten::function("runTable", &run_table);
#endif
}
