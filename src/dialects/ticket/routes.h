// The ticket dialect over HTTP: POST /support/:ticketId/join and its siblings.
#pragma once

#include "dialects/common/endpoint.h"
#include "net/router.h"

namespace parlor::dialects::ticket {

inline constexpr const char* kBasePath = "/support";

// What it is given outlives the router's server.
void add_routes(net::Router& router, const Services& services);

}  // namespace parlor::dialects::ticket
