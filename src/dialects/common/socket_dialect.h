// What a dialect does with a Socket.IO client: read who it is from its handshake, and read what it
// emits. Values in, values out: the sockets themselves are app/socket_gateway's.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "chat/authenticate.h"
#include "delivery/signal.h"
#include "dialects/common/call.h"

namespace parlor::dialects {

struct SocketHandshake {
  std::string_view auth;    // the client's `auth` payload, JSON text
  std::string_view origin;  // header Origin; empty when absent
};

// An integration's key or a JWT, with the account's client code.
struct ClientCredentials {
  std::string authorization;  // without "Bearer"
  std::string client_code;
};

// A JWT that is still to be verified, a visitor's credentials, or those of the order dialect.
using SocketCredentials = std::variant<std::string, chat::VisitorCredentials, ClientCredentials>;

struct SocketEmission {
  std::string event;
  std::string argument;  // JSON text
};

// What an event of a client comes to: the argument of its acknowledgement, should it have asked for
// one; what others are to be told at once; what becomes of the client's own socket.
struct SocketReply {
  std::string acknowledgement;  // JSON text
  std::optional<delivery::Typing> typing = std::nullopt;
  std::vector<SocketEmission> emits = {};  // to the socket alone, before the acknowledgement
  bool joins = false;                      // SocketRequest::channel may be joined
  std::string leaves = {};                 // a channel; empty = none
  // A channel that only the call could name. What is told before a call that is answered on the
  // Publisher's thread (Access::write, ordered) is told before the socket is there.
  std::string enters = {};
  // With `joins`: the answer tells everything of this stream up to this position, so that these
  // events of the channel need not be told again (delivery/emit.h).
  std::uint64_t seen_stream = 0;
  std::uint64_t seen_position = 0;
};

using SocketCall = Call<SocketReply>;

// A decoded event. The socket is in the channel while the call runs, with what is told there held
// back; it stays when the reply joins, and nothing was missed between.
struct SocketRequest {
  std::unique_ptr<SocketCall> call;  // null for an event that is none of the dialect's
  std::string channel = {};          // empty = joins none
  bool is_remembered = false;        // so the end of its socket has to be told (Publisher::ended)
};

// A sign of life, which needs no store while its sender is a member (delivery/signal.h).
struct SocketHeartbeat {
  std::string ticket;
  std::string presence;  // see chat::check_presence
};

// Whose event it is. `connection` tells sockets apart for as long as the server runs.
struct SocketSender {
  Caller caller;
  std::uint64_t connection = 0;
};

class SocketDialect {
 public:
  virtual ~SocketDialect() = default;
  virtual Result<SocketCredentials> credentials(const SocketHandshake& handshake) const = 0;
  // `argument` is the JSON text of the event's first argument, empty when it has none. Invalid for
  // an argument that cannot be read.
  virtual Result<SocketRequest> decode(const SocketSender& sender, std::string_view event,
                                       std::string_view argument) const = 0;
  // Asked before decode(), for each event. Nothing for any other event, and for one that cannot be
  // read, which decode() refuses; it is also asked where the sender turns out to be no member.
  virtual std::optional<SocketHeartbeat> heartbeat(std::string_view, std::string_view) const {
    return std::nullopt;
  }
  // The acknowledgement of a heartbeat.
  virtual std::string encode_member(const SocketHeartbeat&, const chat::Member&) const {
    return {};
  }
  // What comes of an event that failed before it became a call, and of a handshake.
  virtual SocketReply encode_error(const Error& error) const = 0;
  // The channels in which a client begins.
  virtual std::vector<std::string> channels_of(chat::Transaction&, const chat::Actor&) const {
    return {};
  }
};

}  // namespace parlor::dialects
