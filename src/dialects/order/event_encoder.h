// What the marketplace's clients are told of order rooms: `room-created`, and each message as
// `new-message` and as `new-app-message` to those who have joined the room; of the team, only as
// far as they may see the room at the time.
#pragma once

#include "delivery/emit.h"
#include "dialects/common/attachment_links.h"

namespace parlor::dialects::order {

// The channel of those who have joined a room: of integrations, buyers and vendors, who may see it
// for good; of the team; and of an account's integrations, joined or not.
std::string channel_of(RoomId room);
std::string channel_of_team(RoomId room);
std::string channel_of_integrations(AccountId account);

class OrderEncoder final : public delivery::EventEncoder {
 public:
  // `links` outlives it.
  explicit OrderEncoder(const LinkSigner& links) : links_{links, links.public_url()} {}

  void encode(const chat::Event& event, std::vector<delivery::Emission>& out) const override;
  void encode(const delivery::Typing&, std::vector<delivery::Emission>&) const override {}
  void encode(const delivery::Viewers&, std::vector<delivery::Emission>&) const override {}

 private:
  const Links links_;
};

}  // namespace parlor::dialects::order
