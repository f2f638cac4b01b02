# growth_data: the shipped JSON, all of it. growth_data_web: what the browser's modules in workers carry; facts,
# schemas and cases are files beside them there. growth_data_light: what a page's first module carries, nothing;
# policies and presets come after it, in growth-library.txt.
file(GLOB policy_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/core/data/policies/*.json)
file(GLOB preset_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/core/data/presets/*.json)
file(GLOB fact_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/core/data/facts/*.json)
file(GLOB schema_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/core/data/schema/*.json)
file(GLOB case_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/cases/*.json)

set(release_file ${PROJECT_SOURCE_DIR}/core/data/release.json)
set(embed_script ${PROJECT_SOURCE_DIR}/cmake/embed_data.cmake)
set(packing ${PROJECT_SOURCE_DIR}/cmake/packed_json.cmake)

function(growth_embed name function)
  set(output ${PROJECT_BINARY_DIR}/data/${name}.cpp)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DFUNCTION=${function} "-DFILES=${ARGN}" -P ${embed_script}
    DEPENDS ${ARGN} ${embed_script} ${packing}
    COMMENT "Embedding ${function}"
    VERBATIM)
  # Facts of one subject are one literal, longer than the portable minimum.
  set_source_files_properties(${output} PROPERTIES COMPILE_OPTIONS "-Wno-overlength-strings")
endfunction()

growth_embed(policies policies ${policy_files})
growth_embed(presets presets ${preset_files})
foreach(group IN ITEMS facts schemas cases)
  growth_embed(no_${group} ${group})
endforeach()
growth_embed(facts facts ${fact_files})
growth_embed(schemas schemas ${schema_files})
growth_embed(cases cases ${case_files})

set(data_dir ${PROJECT_BINARY_DIR}/data)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${release_file})
file(READ ${release_file} release)
string(JSON as_of GET "${release}" as_of)
configure_file(${PROJECT_SOURCE_DIR}/cmake/as_of.cpp.in ${data_dir}/as_of.cpp @ONLY)

# growth_shipped(NAME FILE…): the date of the data and what stands in these files.
function(growth_shipped name)
  add_library(${name} STATIC ${data_dir}/as_of.cpp ${ARGN})
  target_link_libraries(${name} PRIVATE growth_flags)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/core)
endfunction()
set(in_browser ${data_dir}/no_facts.cpp ${data_dir}/no_schemas.cpp ${data_dir}/no_cases.cpp)
growth_shipped(growth_data ${data_dir}/policies.cpp ${data_dir}/presets.cpp
               ${data_dir}/facts.cpp ${data_dir}/schemas.cpp ${data_dir}/cases.cpp)
growth_shipped(growth_data_web ${data_dir}/policies.cpp ${data_dir}/presets.cpp ${in_browser})
if(EMSCRIPTEN)
  growth_shipped(growth_data_light ${PROJECT_SOURCE_DIR}/core/data/provided.cpp ${in_browser})
endif()
