// conversation-v2 over HTTP: every call of the dialect, added to a router.
#pragma once

#include "chat/responder.h"
#include "dialects/common/endpoint.h"
#include "dialects/common/login.h"
#include "dialects/common/upload_intake.h"
#include "net/router.h"

namespace parlor::dialects::conversation {

inline constexpr const char* kBasePath = "/api/conversation-v2/support";

// What they are given outlives the router's server.
// `responder` may be null: then people have every room.
void add_routes(net::Router& router, const Services& services, Login& login, UploadIntake& uploads,
                const chat::Responder* responder);

}  // namespace parlor::dialects::conversation
