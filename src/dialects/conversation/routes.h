// conversation-v2 over HTTP: every call of the dialect, added to a router.
#pragma once

#include "dialects/common/endpoint.h"
#include "dialects/common/login.h"
#include "dialects/common/upload_intake.h"
#include "net/router.h"

namespace parlor::dialects::conversation {

inline constexpr const char* kBasePath = "/api/conversation-v2/support";

// What they are given outlives the router's server.
void add_routes(net::Router& router, const Services& services, Login& login, UploadIntake& uploads);

}  // namespace parlor::dialects::conversation
