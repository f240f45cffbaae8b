// Where people reach this server, for the links that an answer holds.
#pragma once

#include <string>
#include <string_view>

#include "net/http_types.h"

namespace parlor::dialects {

// "https://chat.example.com", without a slash at the end: `public_url` if one is configured, else
// what the request itself was sent to.
std::string base_url_of(const net::HttpRequest& request, std::string_view public_url);

}  // namespace parlor::dialects
