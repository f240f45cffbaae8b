// Visitors' sessions and the support tokens of web sites (spec identity.md, Visitors).
#pragma once

#include "dialects/common/endpoint.h"
#include "net/router.h"

namespace parlor::dialects::conversation {

// POST, PATCH and DELETE /session; POST /token.
void add_session_calls(net::Router& router, const std::string& base, const Services& services);

}  // namespace parlor::dialects::conversation
