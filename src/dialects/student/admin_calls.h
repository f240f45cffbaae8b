// What administrators of the student inbox read and change: chats, their status, notifications.
#pragma once

#include "dialects/student/parts.h"
#include "net/router.h"

namespace parlor::dialects::student {

void add_admin_calls(net::Router& router, const Parts& parts);

}  // namespace parlor::dialects::student
