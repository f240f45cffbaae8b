// What students read: their chat, its messages, what is unread, the questions (GET …).
#pragma once

#include "dialects/student/parts.h"
#include "net/router.h"

namespace parlor::dialects::student {

void add_student_calls(net::Router& router, const Parts& parts);

}  // namespace parlor::dialects::student
