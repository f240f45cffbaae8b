// What a marketplace's clients emit over Socket.IO (spec order-rooms.md): `joinRoom`, `leaveRoom`,
// `save-message`. The acknowledgement, for who asks for one, is the HTTP answer.
#pragma once

#include "dialects/common/socket_dialect.h"

namespace parlor::dialects::order {

class OrderSockets final : public SocketDialect {
 public:
  // `links` outlives it.
  explicit OrderSockets(const LinkSigner& links) : links_(links) {}

  // `{authorization, client}`.
  Result<SocketCredentials> credentials(const SocketHandshake& handshake) const override;
  Result<SocketRequest> decode(const SocketSender& sender, std::string_view event,
                               std::string_view argument) const override;
  SocketReply encode_error(const Error& error) const override;
  std::vector<std::string> channels_of(chat::Transaction& transaction,
                                       const chat::Actor& actor) const override;

 private:
  const LinkSigner& links_;
};

}  // namespace parlor::dialects::order
