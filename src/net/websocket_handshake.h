// The client's half of the opening handshake (RFC 6455, section 4.2.1).
#pragma once

#include <string>
#include <string_view>

#include "net/http_types.h"

namespace parlor::net {

// True when the request asks for a WebSocket, well or badly.
bool wants_websocket(const HttpRequest& request);

// 0: well-formed; 400; 426: another version than 13.
int check_handshake(const HttpRequest& request);

// The value of Sec-WebSocket-Accept.
std::string accept_of(std::string_view key);

}  // namespace parlor::net
