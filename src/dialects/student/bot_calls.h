// The bot, for administrators of the student inbox: its intents, a try-out, what it did.
#pragma once

#include "dialects/student/parts.h"
#include "net/router.h"

namespace parlor::dialects::student {

void add_bot_calls(net::Router& router, const Parts& parts);

}  // namespace parlor::dialects::student
