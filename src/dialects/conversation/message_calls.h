// The four message calls (source 2) with their decoding and encoding.
#pragma once

#include "chat/responder.h"
#include "dialects/common/endpoint.h"
#include "net/router.h"

namespace parlor::dialects::conversation {

// `base` is "/api/conversation-v2/support".
void add_message_calls(net::Router& router, const std::string& base, const Services& services,
                       const chat::Responder* responder);

}  // namespace parlor::dialects::conversation
