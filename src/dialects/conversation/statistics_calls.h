// GET /widget, /stats and /user/widget: figures for the dashboard, reports, and visitors.
#pragma once

#include <string>

#include "dialects/common/endpoint.h"
#include "net/router.h"

namespace parlor::dialects::conversation {

void add_statistics_calls(net::Router& router, const std::string& base, const Services& services);

}  // namespace parlor::dialects::conversation
