# Compiler cache, linker, warnings and sanitizers: everything that applies to all targets alike.

find_program(CCACHE ccache)
if(CCACHE)
  # GCC's precompiled headers need these two to be cacheable.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE})
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>)
endif()

find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_compile_options(-Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough -Werror)

set(PARLOR_SANITIZE "" CACHE STRING "address (with undefined) or thread")
if(PARLOR_SANITIZE)
  # GCC 12 takes what the sanitizers add to std::function for reads of what was never set, and to moves of an
  # Error for writes behind its end.
  add_compile_options(-Wno-maybe-uninitialized -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread)
endif()
if(PARLOR_SANITIZE STREQUAL "address")
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
elseif(PARLOR_SANITIZE STREQUAL "thread")
  # Asio's thread fences are not modelled by ThreadSanitizer; GCC warns about each of them.
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer -Wno-tsan)
  add_link_options(-fsanitize=thread)
endif()
