# Flags every target of the project is compiled with. Consumers of the library do not inherit them.
add_library(growth_flags INTERFACE)
target_compile_features(growth_flags INTERFACE cxx_std_20)
target_compile_options(growth_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Werror
  # False alarms on std::string in GCC 12 (gcc bug 105651).
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>
  # Vectors of doubles never cross a library boundary, so their calling convention is our own affair.
  -Wno-psabi
  # The same bits on every platform: no fused multiply-add, no extended precision.
  -ffp-contract=off)
if(EMSCRIPTEN)
  # No exceptions: the module is a seventh smaller, and growth.js guards it from outside. No type names at run
  # time: they would only word Embind's own errors.
  # What only tests use is compiled to its end: with -flto each link would compile it again.
  target_compile_options(growth_flags INTERFACE
    -fno-exceptions -fno-rtti -msimd128 $<$<NOT:$<BOOL:$<TARGET_PROPERTY:GROWTH_WITHOUT_LTO>>>:-flto>)
  target_compile_definitions(growth_flags INTERFACE JSON_NOEXCEPTION EMSCRIPTEN_HAS_UNBOUND_TYPE_NAMES=0)
  target_link_options(growth_flags INTERFACE -fno-exceptions -fno-rtti -flto)
endif()
if(GROWTH_SANITIZE)
  target_compile_options(growth_flags INTERFACE
    -fsanitize=address,undefined,float-cast-overflow -fno-sanitize-recover=all
    -fno-omit-frame-pointer
    # Instrumentation makes GCC see uninitialised use where there is none (gcc bug 105562).
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  target_link_options(growth_flags INTERFACE
    -fsanitize=address,undefined,float-cast-overflow)
endif()
