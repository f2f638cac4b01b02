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

function(growth_embed name function)
  set(output ${PROJECT_BINARY_DIR}/data/${name}.cpp)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DFUNCTION=${function} "-DFILES=${ARGN}"
            -P ${embed_script}
    DEPENDS ${ARGN} ${embed_script}
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

add_library(growth_data STATIC ${data_dir}/as_of.cpp ${data_dir}/policies.cpp ${data_dir}/presets.cpp
            ${data_dir}/facts.cpp ${data_dir}/schemas.cpp ${data_dir}/cases.cpp)
target_link_libraries(growth_data PRIVATE growth_flags)
target_include_directories(growth_data PRIVATE ${PROJECT_SOURCE_DIR}/core)
add_library(growth_data_web STATIC ${data_dir}/as_of.cpp ${data_dir}/policies.cpp ${data_dir}/presets.cpp
            ${data_dir}/no_facts.cpp ${data_dir}/no_schemas.cpp ${data_dir}/no_cases.cpp)
target_link_libraries(growth_data_web PRIVATE growth_flags)
target_include_directories(growth_data_web PRIVATE ${PROJECT_SOURCE_DIR}/core)

if(EMSCRIPTEN)
  add_library(growth_data_light STATIC ${data_dir}/as_of.cpp ${PROJECT_SOURCE_DIR}/core/data/provided.cpp
              ${data_dir}/no_facts.cpp ${data_dir}/no_schemas.cpp ${data_dir}/no_cases.cpp)
  target_link_libraries(growth_data_light PRIVATE growth_flags)
  target_include_directories(growth_data_light PRIVATE ${PROJECT_SOURCE_DIR}/core)
endif()
