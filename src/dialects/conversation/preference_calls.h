// Calls by which an agent keeps its own view of a room: favourite, snooze.
#pragma once

#include <string>

#include "dialects/common/endpoint.h"
#include "net/router.h"

namespace parlor::dialects::conversation {

void add_preference_calls(net::Router& router, const std::string& base, const Services& services);

}  // namespace parlor::dialects::conversation
