// How the ticket dialect says an error: {"error":{"code":…,"message":…}} (spec ticket-rooms.md).
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "net/http_types.h"

namespace parlor::dialects::ticket {

net::HttpResponse encode_error(const Error& error);
// The body alone: what an event's acknowledgement says.
std::string encode_error_body(const Error& error);

// The same for what the HTTP layer refuses by itself: an unknown path, a body too large.
net::HttpResponse encode_http_error(int status, std::string_view message);

}  // namespace parlor::dialects::ticket
