// POST /room/bulk: the same change for up to a hundred rooms, with one answer for each.
//
// Each room is a write of its own, so that one that cannot be changed keeps no other from it, and
// no transaction grows with the number of rooms. The answer comes when the last of them is done.
#pragma once

#include <string>

#include "dialects/common/endpoint.h"
#include "net/router.h"

namespace parlor::dialects::conversation {

void add_bulk_call(net::Router& router, const std::string& base, const Services& services);

}  // namespace parlor::dialects::conversation
