// The order dialect over HTTP: every call, added to a router.
#pragma once

#include "dialects/common/endpoint.h"
#include "net/router.h"

namespace parlor::dialects::order {

inline constexpr const char* kRoomPath = "/api/room";
inline constexpr const char* kChatPath = "/api/chat";

// `services` has this dialect's errors and outlives the router's server.
void add_routes(net::Router& router, const Services& services);

}  // namespace parlor::dialects::order
