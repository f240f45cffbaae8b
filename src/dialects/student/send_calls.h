// Sending: text, media and sound, by students and by administrators (POST /messages…).
#pragma once

#include "dialects/student/parts.h"
#include "net/router.h"

namespace parlor::dialects::student {

inline constexpr std::uint64_t kMaxMediaBytes = 50ULL * 1024 * 1024;

void add_send_calls(net::Router& router, const Parts& parts);

}  // namespace parlor::dialects::student
