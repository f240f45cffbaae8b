#pragma once

#include <string>

#include "dialects/common/endpoint.h"
#include "net/router.h"

namespace parlor::dialects::admin {

void add_agent_calls(net::Router& router, const std::string& base, const Services& services);

}  // namespace parlor::dialects::admin
