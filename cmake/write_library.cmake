# Writes the policies and presets as a file of rows, each with its kind, name and text; a cell ends with U+001F and
# a row with U+001E, which stand in no JSON (core/data/provided.cpp reads it).
#   cmake -DOUTPUT=… -DPOLICIES="a.json;b.json" -DPRESETS="…" -P write_library.cmake
include(${CMAKE_CURRENT_LIST_DIR}/packed_json.cmake)
string(ASCII 31 cell_end)
string(ASCII 30 row_end)
set(content "")
foreach(kind IN ITEMS policies presets)
  string(TOUPPER ${kind} files)
  foreach(file IN LISTS ${files})
    packed_json("${file}" "" name text)
    string(APPEND content "${kind}${cell_end}${name}${cell_end}${text}${cell_end}${row_end}")
  endforeach()
endforeach()
file(WRITE "${OUTPUT}" "${content}")
