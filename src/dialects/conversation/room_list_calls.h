// GET /room and GET /user/room: the lists, with their filters.
#pragma once

#include "dialects/common/endpoint.h"
#include "net/router.h"

namespace parlor::dialects::conversation {

void add_room_list_calls(net::Router& router, const std::string& base, const Services& services);

}  // namespace parlor::dialects::conversation
