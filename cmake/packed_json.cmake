# packed_json(FILE JOINT NAME TEXT): a JSON file's name without ".json" and its text with JOINT where its lines met.
function(packed_json file joint name text)
  file(READ "${file}" content)
  string(STRIP "${content}" content)
  # A JSON string holds no raw line break, so line breaks and what stands around them are layout.
  string(REGEX REPLACE "[ \t]*[\r\n]+[ \t]*" "${joint}" content "${content}")
  get_filename_component(stem "${file}" NAME_WLE)
  set(${name} "${stem}" PARENT_SCOPE)
  set(${text} "${content}" PARENT_SCOPE)
endfunction()
