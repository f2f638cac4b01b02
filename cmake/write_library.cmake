# Writes the policies and presets as a file of rows, each with its kind, name and text; a cell ends with U+001F and
# a row with U+001E, which stand in no JSON (core/data/provided.hpp reads it).
#   cmake -DOUTPUT=… -DPOLICIES="a.json;b.json" -DPRESETS="…" -P write_library.cmake
string(ASCII 31 cell_end)
string(ASCII 30 row_end)
set(content "")
foreach(kind IN ITEMS policies presets)
  string(TOUPPER ${kind} files)
  foreach(file IN LISTS ${files})
    file(READ "${file}" text)
    string(STRIP "${text}" text)
    # A JSON string holds no raw line break, so line breaks and what stands around them are layout.
    string(REGEX REPLACE "[ \t]*[\r\n]+[ \t]*" "" text "${text}")
    get_filename_component(name "${file}" NAME_WLE)
    string(APPEND content "${kind}${cell_end}${name}${cell_end}${text}${cell_end}${row_end}")
  endforeach()
endforeach()
file(WRITE "${OUTPUT}" "${content}")
