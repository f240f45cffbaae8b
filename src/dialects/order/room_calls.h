// Rooms of orders: making and fetching them.
#pragma once

#include <string>

#include "dialects/common/endpoint.h"
#include "net/router.h"

namespace parlor::dialects::order {

void add_room_calls(net::Router& router, const std::string& base, const Services& services);

}  // namespace parlor::dialects::order
