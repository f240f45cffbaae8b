// conversation-v2's clients over Socket.IO: their handshake, and the events that they emit.
//
//   auth {token}                                    an agent
//   auth {support_token, session_id, device_id}     a visitor
//   typing {room_id, is_typing}
//   read {room_id, message_id}                      without message_id: everything
//   viewing {room_id, open}                         an agent has the room open, or no longer
#pragma once

#include "dialects/common/socket_dialect.h"

namespace parlor::dialects::conversation {

class ConversationSockets final : public SocketDialect {
 public:
  Result<SocketCredentials> credentials(const SocketHandshake& handshake) const override;
  Result<SocketRequest> decode(const SocketSender& sender, std::string_view event,
                               std::string_view argument) const override;
  SocketReply encode_error(const Error& error) const override;
};

}  // namespace parlor::dialects::conversation
