// What students' and administrators' sockets emit, read as calls.
#pragma once

#include "chat/responder.h"
#include "dialects/common/attachment_links.h"
#include "dialects/common/socket_dialect.h"

namespace parlor::dialects::student {

class StudentSockets final : public SocketDialect {
 public:
  // What it is given outlives it; `responder` may be null.
  StudentSockets(const LinkSigner& signer, const chat::Responder* responder)
      : signer_(signer), responder_(responder) {}

  Result<SocketCredentials> credentials(const SocketHandshake& handshake) const override;
  Result<SocketRequest> decode(const SocketSender& sender, std::string_view event,
                               std::string_view argument) const override;
  SocketReply encode_error(const Error& error) const override;
  std::vector<std::string> channels_of(chat::Transaction& transaction,
                                       const chat::Actor& actor) const override;

 private:
  Result<SocketRequest> decode_send(const SocketSender& sender, std::string_view argument) const;

  const LinkSigner& signer_;
  const chat::Responder* responder_;
};

}  // namespace parlor::dialects::student
