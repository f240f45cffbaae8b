// How the order dialect says an error: {"status":false,"statusCode":…,"message":…}.
#pragma once

#include <string_view>

#include "base/error.h"
#include "net/http_types.h"

namespace parlor::dialects::order {

net::HttpResponse encode_error(const Error& error);

// The same body for what the HTTP layer refuses by itself.
net::HttpResponse encode_http_error(int status, std::string_view message);

// The body alone, as a Socket.IO acknowledgement.
std::string error_body(const Error& error);

}  // namespace parlor::dialects::order
