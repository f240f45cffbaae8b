// The knowledge base, for administrators of the student inbox.
#pragma once

#include "dialects/student/parts.h"
#include "net/router.h"

namespace parlor::dialects::student {

void add_faq_calls(net::Router& router, const Parts& parts);

}  // namespace parlor::dialects::student
