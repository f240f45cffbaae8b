// The pages that the server itself serves: /console, /docs with the documents it shows, /demo with
// its configuration, and their assets.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "net/router.h"

namespace parlor::app {

struct WebPages {
  std::string directory;                   // what the web build made
  std::optional<std::string> demo_config;  // JSON; without it there is no /demo
};

// invalid when the directory is missing, saying how to build it.
Result<Ok> add_web_pages(net::Router& router, const WebPages& pages);

}  // namespace parlor::app
