// PATCH /agent/availability: an agent says whether they can be given rooms (spec admin.md).
#pragma once

#include "dialects/common/endpoint.h"
#include "net/router.h"

namespace parlor::dialects::conversation {

// `base` is "/api/conversation-v2/support".
void add_availability_call(net::Router& router, const std::string& base, const Services& services);

}  // namespace parlor::dialects::conversation
