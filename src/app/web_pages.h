// The pages that the server itself serves: /console, /docs with the documents it shows, /widget.js
// for other sites' pages, /demo and /demo/course with their configuration, and their assets.
//
// Scripts of the widget are run by pages of any origin: /widget.js and /assets/ say that they may
// (CORS, Cross-Origin-Resource-Policy). /widget.js keeps its address for ever, so it is asked for
// anew after five minutes; what it loads carries a hash in its name and is never asked for again.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>

#include "base/result.h"
#include "net/router.h"

namespace parlor::app {

struct WebPages {
  std::string directory;                           // what the web build made
  std::optional<boost::json::object> demo_config;  // strings; without it there is no /demo
};

// invalid when the directory is missing, saying how to build it.
Result<Ok> add_web_pages(net::Router& router, const WebPages& pages);

}  // namespace parlor::app
