# Writes a C++ file that holds a set of JSON files as text, without their line breaks and indents.
#   cmake -DOUTPUT=… -DFUNCTION=policies -DFILES="a.json;b.json" -P embed_data.cmake
set(content "// Made by cmake/embed_data.cmake.\n#include \"data/data.hpp\"\n\nnamespace growth::data {\n")
set(entries "")
set(count 0)
foreach(file IN LISTS FILES)
  file(READ "${file}" text)
  string(STRIP "${text}" text)
  # A JSON string holds no raw line break, so line breaks and what stands around them are layout.
  string(REGEX REPLACE "[ \t]*[\r\n]+[ \t]*" ")JSON\"\n     R\"JSON(" text "${text}")
  get_filename_component(name "${file}" NAME_WLE)
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
