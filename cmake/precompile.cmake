# SPDX-License-Identifier: Apache-2.0
# Debug builds read the standard library's headers (and JSON's, and doctest's) once instead of once a file: half of what
# compiling one of our files costs. Builds that are shipped do without.
option(SEALFERRY_PRECOMPILE "Read the libraries' headers ahead, once" OFF)

set(standard_headers <algorithm> <array> <charconv> <chrono> <cstdint> <cstdio> <cstdlib> <cstring> <filesystem> <fstream> <functional>
  <iterator> <map> <memory> <mutex> <optional> <set> <span> <sstream> <string> <string_view> <thread> <utility> <vector> <tl/expected.hpp>)

# sealferry_precompiled(NAME FLAG HEADER...): the standard library's headers and these. A compiler takes such a file only if it was made
# with the same flags, and CMake compiles libraries with -fPIC and programs with -fPIE.
function(sealferry_precompiled name flag)
  set(nothing ${CMAKE_BINARY_DIR}/precompiled/nothing.cpp)
  file(CONFIGURE OUTPUT ${nothing} CONTENT "")
  add_library(${name} OBJECT EXCLUDE_FROM_ALL ${nothing})
  set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
  target_compile_options(${name} PRIVATE ${flag})
  target_link_libraries(${name} PRIVATE sealferry_options)
  target_precompile_headers(${name} PRIVATE ${standard_headers} ${ARGN})
  sealferry_precompiled_for_ccache(${name})
  sealferry_checksum_for_ccache(${name} ${standard_headers} ${ARGN})
endfunction()

# ccache looks through such a file only when the compiler says which one it read.
function(sealferry_precompiled_for_ccache name)
  target_compile_options(${name} PRIVATE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fpch-preprocess>)
endfunction()

# GCC never makes the same file twice, and puts its own folder into it: what was compiled with one would be compiled again in every
# clone. Beside it lies what ccache takes for its contents (pch_external_checksum): the text that went into it. Another text, after
# an upgrade of a library, is noticed because each header that was read configures anew when it changes.
function(sealferry_checksum_for_ccache name)
  list(TRANSFORM ARGN PREPEND "#include ")
  list(JOIN ARGN "\n" source)
  set(folder ${CMAKE_BINARY_DIR}/precompiled/${name})
  file(CONFIGURE OUTPUT ${folder}.cpp CONTENT "${source}\n" @ONLY)
  separate_arguments(flags UNIX_COMMAND "${CMAKE_CXX_FLAGS} -std=c++20 -D_GLIBCXX_ASSERTIONS=1")
  execute_process(COMMAND ${CMAKE_CXX_COMPILER} ${flags} -E -P -MD -MF ${folder}.d ${folder}.cpp OUTPUT_VARIABLE text COMMAND_ERROR_IS_FATAL ANY)
  string(SHA256 checksum "${CMAKE_CXX_COMPILER_VERSION} ${text}")
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/CMakeFiles/${name}.dir/cmake_pch.hxx.gch.sum CONTENT "${checksum}\n" @ONLY)
  file(READ ${folder}.d headers)
  string(REGEX MATCHALL "/[^ \\\n]+" headers "${headers}")
  set_property(DIRECTORY ${PROJECT_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${headers})
endfunction()

# Every target of FOLDER and below that is compiled from C++.
function(sealferry_targets_below folder result)
  get_property(targets DIRECTORY ${folder} PROPERTY BUILDSYSTEM_TARGETS)
  get_property(folders DIRECTORY ${folder} PROPERTY SUBDIRECTORIES)
  foreach(below IN LISTS folders)
    sealferry_targets_below(${below} more)
    list(APPEND targets ${more})
  endforeach()
  set(${result} ${targets} PARENT_SCOPE)
endfunction()

# sealferry_precompile(FOLDER LIBRARY PROGRAM): what the folder's libraries and programs read ahead.
function(sealferry_precompile folder library program)
  sealferry_targets_below(${PROJECT_SOURCE_DIR}/${folder} targets)
  foreach(target IN LISTS targets)
    get_target_property(type ${target} TYPE)
    get_target_property(sources ${target} SOURCES)
    if(type MATCHES "_LIBRARY$" AND sources MATCHES "\\.cpp")
      target_precompile_headers(${target} REUSE_FROM ${library})
      sealferry_precompiled_for_ccache(${target})
    elseif(type STREQUAL "EXECUTABLE" AND sources MATCHES "\\.cpp")
      target_precompile_headers(${target} REUSE_FROM ${program})
      sealferry_precompiled_for_ccache(${target})
    endif()
  endforeach()
endfunction()
