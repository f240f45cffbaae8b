# parlor_library(<name> [LINKS <target>...] [PRIVATE_LINKS <target>...] [TEST_LINKS <target>...] [PCH <header>...])
#
# Builds the current folder and its sub-folders: every .cc but main.cc is part of the static library parlor_<name>, every
# *_test.cc of the test program <name>_test. Includes are written from src/: #include "base/result.h".
function(parlor_library name)
  cmake_parse_arguments(ARG "" "" "LINKS;PRIVATE_LINKS;TEST_LINKS;PCH" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cc)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "(_test|/main)\\.cc$")
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")

  if(sources)
    add_library(parlor_${name} STATIC ${sources})
    set(scope PUBLIC)
    target_link_libraries(parlor_${name} PRIVATE ${ARG_PRIVATE_LINKS})
    if(ARG_PCH)
      target_precompile_headers(parlor_${name} PRIVATE ${ARG_PCH})
    endif()
  else()
    add_library(parlor_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(parlor_${name} ${scope} ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(parlor_${name} ${scope} ${ARG_LINKS})

  if(tests)
    parlor_test(${name}_test SOURCES ${tests} LINKS parlor_${name} ${ARG_PRIVATE_LINKS} ${ARG_TEST_LINKS} PCH ${ARG_PCH})
    target_include_directories(${name}_test PRIVATE ${CMAKE_SOURCE_DIR}/tests)  # support/
  endif()
endfunction()

# parlor_test(<name> SOURCES <file>... LINKS <target>... [PCH <header>...]): a GoogleTest program, each test known to CTest.
# What it tests is optimised; the tests themselves are compiled more often than they run.
function(parlor_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS;PCH" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LINKS} GTest::gmock GTest::gtest_main)
  target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O0>)
  if(ARG_PCH)
    target_precompile_headers(${name} PRIVATE ${ARG_PCH})
  endif()
  include(GoogleTest)
  gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 120)
endfunction()

# parlor_server(<target>): a program that serves. What one of its threads allocates another one frees; jemalloc does that
# without the locks of the C library's allocator. The sanitizers bring an allocator of their own.
function(parlor_server target)
  if(NOT PARLOR_SANITIZE)
    target_link_libraries(${target} PRIVATE PkgConfig::jemalloc)
  endif()
endfunction()
