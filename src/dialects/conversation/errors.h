// How conversation-v2 says an error: {"success":false,"error":…,"message":…} (spec, Rules, Errors).
#pragma once

#include <string_view>

#include "base/error.h"
#include "net/http_types.h"

namespace parlor::dialects::conversation {

net::HttpResponse encode_error(const Error& error);

// The same body for what the HTTP layer refuses by itself: an unknown path, a body too large.
net::HttpResponse encode_http_error(int status, std::string_view message);

}  // namespace parlor::dialects::conversation
