// GET /sync: what changed while a client was away (spec, Calls).
#pragma once

#include "dialects/common/endpoint.h"
#include "net/router.h"

namespace parlor::dialects::conversation {

void add_sync_call(net::Router& router, const std::string& base, const Services& services);

}  // namespace parlor::dialects::conversation
