// Events of the domain as conversation-v2's clients are told them (spec, Socket.IO).
#pragma once

#include "delivery/emit.h"
#include "dialects/common/attachment_links.h"

namespace parlor::dialects::conversation {

class ConversationEncoder final : public delivery::EventEncoder {
 public:
  // `links` outlives it. An event goes to many, wherever they see the server: without a public URL
  // links to files are as the sender of the file sees it.
  explicit ConversationEncoder(const LinkSigner& links) : links_{links, links.public_url()} {}

  void encode(const chat::Event& event, std::vector<delivery::Emission>& out) const override;
  bool reaches_others() const override { return false; }
  void encode(const delivery::Typing& typing, std::vector<delivery::Emission>& out) const override;
  void encode(const delivery::Viewers& viewers,
              std::vector<delivery::Emission>& out) const override;

 private:
  const Links links_;
};

}  // namespace parlor::dialects::conversation
