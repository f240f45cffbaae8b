// The student dialect's calls: the way in.
#pragma once

#include "dialects/student/parts.h"
#include "net/router.h"

namespace parlor::dialects::student {

void add_routes(net::Router& router, const Parts& parts);

}  // namespace parlor::dialects::student
