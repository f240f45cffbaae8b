// The ticket dialect over Socket.IO:
//
//   room:join      {room, role?, reopen?, resumeToken?}
//   room:leave     {room}
//   room:presence  {room, typing?} or {room, presence}
//   room:publish   {room, type, data, idempotencyKey?}
//   room:metadata  {room, …}
//
// `room` is "ticket_<id>"; the rest is the body of the call over HTTP, the acknowledgement its
// answer. Clients come in by the handshakes of the other dialects.
#pragma once

#include "chat/responder.h"
#include "dialects/common/socket_dialect.h"

namespace parlor::dialects::ticket {

class TicketSockets final : public SocketDialect {
 public:
  // What it is given outlives it. `responder` may be null: then the rooms of a bot go to people.
  TicketSockets(const LinkSigner& links, const chat::Responder* responder)
      : links_(links), responder_(responder) {}

  Result<SocketCredentials> credentials(const SocketHandshake& handshake) const override;
  Result<SocketRequest> decode(const SocketSender& sender, std::string_view event,
                               std::string_view argument) const override;
  std::optional<SocketHeartbeat> heartbeat(std::string_view event,
                                           std::string_view argument) const override;
  std::string encode_member(const SocketHeartbeat& heartbeat,
                            const chat::Member& member) const override;
  SocketReply encode_error(const Error& error) const override;

 private:
  const LinkSigner& links_;
  const chat::Responder* responder_;
};

}  // namespace parlor::dialects::ticket
