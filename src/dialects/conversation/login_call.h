// POST /api/auth/login (spec identity.md, Login).
#pragma once

#include "dialects/common/login.h"
#include "net/router.h"

namespace parlor::dialects::conversation {

// `login` outlives the router.
void add_login_call(net::Router& router, Login& login);

}  // namespace parlor::dialects::conversation
