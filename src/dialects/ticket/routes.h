// The ticket dialect over HTTP: POST /support/:ticketId/join and its siblings.
#pragma once

#include "chat/responder.h"
#include "dialects/common/endpoint.h"
#include "net/router.h"

namespace parlor::dialects::ticket {

inline constexpr const char* kBasePath = "/support";

// What it is given outlives the router's server. `responder` may be null: then the rooms of a bot
// go to people.
void add_routes(net::Router& router, const Services& services, const chat::Responder* responder);

}  // namespace parlor::dialects::ticket
