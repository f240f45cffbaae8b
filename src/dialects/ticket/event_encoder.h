// What happens in tickets, as those whose connection is in the ticket's room are told:
//
//   presence:join|update|leave {room, member}      room:message {room, message}
//   room:metadata {room, metadata, version}        room:closed {room, closedAt}
//
// A support room is a ticket too: what any dialect does to it is told here while somebody listens.
// What one call makes of the metadata is told once, as it is in the end, before all else of it.
#pragma once

#include "chat/membership.h"
#include "delivery/emit.h"
#include "dialects/common/attachment_links.h"

namespace parlor::dialects::ticket {

class TicketEncoder final : public delivery::EventEncoder {
 public:
  // What it is given outlives it; `open` is asked on the Publisher's thread.
  TicketEncoder(const LinkSigner& links, const chat::OpenTickets& open)
      : links_{links, links.public_url()}, open_(open) {}

  void encode(const chat::Event& event, std::vector<delivery::Emission>& out) const override;
  void encode_outcome(const std::vector<chat::Event>& events,
                      std::vector<delivery::Emission>& out) const override;
  void encode(const delivery::Typing&, std::vector<delivery::Emission>&) const override {}
  void encode(const delivery::Viewers&, std::vector<delivery::Emission>&) const override {}
  void encode_membership(const delivery::MembershipChange& change,
                         std::vector<delivery::Emission>& out) const override;

 private:
  void encode_change(const chat::TicketChanged& changed,
                     std::vector<delivery::Emission>& out) const;
  void encode_posted(const chat::Event& event, const chat::Message& message,
                     std::vector<delivery::Emission>& out) const;
  void encode_closed(const chat::Event& event, std::vector<delivery::Emission>& out) const;

  const Links links_;
  const chat::OpenTickets& open_;
};

}  // namespace parlor::dialects::ticket
