// Why a session or a socket ended. The names are those that Socket.IO's documentation lists for
// "disconnect", and Parlor's own.
#pragma once

#include <cstdint>
#include <string_view>

namespace parlor::socketio {

enum class CloseReason : std::uint8_t {
  transport_close,              // the client closed it, or the connection went away
  transport_error,              // overlapping requests, an aborted poll, a broken connection
  parse_error,                  // what the client sent is not Engine.IO or not Socket.IO
  ping_timeout,                 // no pong in time
  connect_timeout,              // no CONNECT in time
  server_close,                 // the server closed the session
  server_shutting_down,         //
  client_namespace_disconnect,  // the client sent DISCONNECT
  server_namespace_disconnect,  // the application called disconnect()
  slow_consumer,                // its outgoing queue was full
  rate_limited,                 // more events than its limit
  incomplete_packet,            // its attachments came too slowly, or there was no room for them
};

std::string_view name_of(CloseReason reason);

}  // namespace parlor::socketio
