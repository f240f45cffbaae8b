// What a dialect does with a Socket.IO client: read who it is from its handshake, and read what it
// emits. Values in, values out: the sockets themselves are app/socket_gateway's.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "chat/authenticate.h"
#include "delivery/signal.h"
#include "dialects/common/call.h"

namespace parlor::dialects {

struct SocketHandshake {
  std::string_view auth;    // the client's `auth` payload, JSON text
  std::string_view origin;  // header Origin; empty when absent
};

// A JWT that is still to be verified, or a visitor's credentials.
using SocketCredentials = std::variant<std::string, chat::VisitorCredentials>;

// What an event of a client comes to: the argument of its acknowledgement, should it have asked for
// one, and what others are to be told at once.
struct SocketReply {
  std::string acknowledgement;  // JSON text
  std::optional<delivery::Typing> typing;
};

using SocketCall = Call<SocketReply>;

// Whose event it is. `connection` tells sockets apart for as long as the server runs.
struct SocketSender {
  Caller caller;
  std::uint64_t connection = 0;
};

class SocketDialect {
 public:
  virtual ~SocketDialect() = default;
  virtual Result<SocketCredentials> credentials(const SocketHandshake& handshake) const = 0;
  // `argument` is the JSON text of the event's first argument, empty when it has none. Null for an
  // event that is none of the dialect's; invalid for an argument that cannot be read.
  virtual Result<std::unique_ptr<SocketCall>> decode(const SocketSender& sender,
                                                     std::string_view event,
                                                     std::string_view argument) const = 0;
  // The acknowledgement of an event that failed before it became a call.
  virtual std::string encode_error(const Error& error) const = 0;
};

}  // namespace parlor::dialects
