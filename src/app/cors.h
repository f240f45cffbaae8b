// Cross-origin calls of the API: a widget runs on its site's origin and calls this server (spec
// identity.md, CORS).
//
// A preflight reflects its origin; whether that origin may use a support token is decided when the
// request itself comes. No cookies are used, so none are allowed.
#pragma once

#include <string>

#include "net/http_types.h"

namespace parlor::app {

void add_cors_headers(const net::HttpRequest& request, net::Headers& headers);
net::HttpResponse answer_preflight(const net::HttpRequest& request, const std::string& allowed);

}  // namespace parlor::app
