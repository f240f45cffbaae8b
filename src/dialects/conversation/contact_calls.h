// Calls about contacts: who they are, their earlier rooms, blocking; and GET /conversation.
#pragma once

#include <string>

#include "dialects/common/endpoint.h"
#include "net/router.h"

namespace parlor::dialects::conversation {

void add_contact_calls(net::Router& router, const std::string& base, const Services& services);

}  // namespace parlor::dialects::conversation
