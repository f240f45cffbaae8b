// A directory of files served by HTTP: ETag, If-None-Match, content types, gzip, Cache-Control.
//
// Nothing outside the directory is ever served: no "..", no encoded slash, no symbolic link that
// leads out. Names that begin with a dot are not served. A path of a directory serves its
// index.html.
//
// Bounds: files up to max_file_bytes; cached, contents as served (plain and gzip), up to
// max_cache_bytes. A changed file is noticed by its time and size. Thread-safe. Reads on the
// calling thread: meant for the program's own pages.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "base/result.h"
#include "net/http_types.h"

namespace parlor::net {

struct StaticFilesOptions {
  std::string directory = {};
  std::string prefix = "/";  // the part of the path that is not part of the file's name
  std::string cache_control = "no-cache";
  Headers headers = {};  // added to every answer
  std::size_t max_file_bytes = 16 * 1024 * 1024;
  std::size_t max_cache_bytes = 32 * 1024 * 1024;
};

// The handler to be mounted. Fails when the directory cannot be opened.
Result<HttpHandler> static_files(StaticFilesOptions options);

// "text/html; charset=utf-8" for "a.html"; application/octet-stream for what is unknown.
std::string_view content_type_of(std::string_view file_name);

}  // namespace parlor::net
