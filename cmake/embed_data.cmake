# Writes a C++ file that holds a set of JSON files as text, without their line breaks and indents.
#   cmake -DOUTPUT=… -DFUNCTION=policies -DFILES="a.json;b.json" -P embed_data.cmake
include(${CMAKE_CURRENT_LIST_DIR}/packed_json.cmake)
set(content "// Made by cmake/embed_data.cmake.\n#include \"data/data.hpp\"\n\nnamespace growth::data {\n")
set(entries "")
set(count 0)
foreach(file IN LISTS FILES)
  packed_json("${file}" ")JSON\"\n     R\"JSON(" name text)
  string(APPEND entries "    {\"${name}\",\n     R\"JSON(${text})JSON\"},\n")
  math(EXPR count "${count} + 1")
endforeach()
if(count EQUAL 0)
  string(APPEND content "Files ${FUNCTION}() { return {nullptr, 0}; }\n")
else()
  string(APPEND content "namespace {\nconstexpr File k_files[] = {\n${entries}};\n}  // namespace\n\n"
                        "Files ${FUNCTION}() { return {k_files, ${count}}; }\n")
endif()
string(APPEND content "}  // namespace growth::data\n")
file(WRITE "${OUTPUT}" "${content}")
