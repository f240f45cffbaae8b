#include "dialects/ticket/event_encoder.h"

#include "chat/ticket_access.h"
#include "dialects/common/json_writer.h"
#include "dialects/common/overloaded.h"
#include "dialects/ticket/ticket_json.h"

namespace parlor::dialects::ticket {
namespace {

std::vector<std::string> both_sides(const chat::TicketKey& ticket) {
  return {delivery::channel_of_team(ticket), delivery::channel_of_customers(ticket)};
}

delivery::Emission emission(std::vector<std::string> channels, std::string event,
                            std::string argument) {
  delivery::Emission told;
  told.event = std::move(event);
  told.argument = std::move(argument);
  told.channels = std::move(channels);
  return told;
}

JsonWriter metadata_argument(const chat::TicketKey& ticket, const std::string& metadata) {
  JsonWriter argument;
  argument.text("room", room_of(ticket)).json("metadata", metadata);
  return argument;
}

std::string closed_argument(const chat::TicketKey& ticket, Timestamp closed_at) {
  return JsonWriter().text("room", room_of(ticket)).text("closedAt", to_iso8601(closed_at)).take();
}

std::string_view event_of(delivery::MembershipChange::What what) {
  using What = delivery::MembershipChange::What;
  switch (what) {
    case What::joined:
      return "presence:join";
    case What::updated:
      return "presence:update";
    case What::left:
      return "presence:leave";
  }
  return "presence:update";
}

}  // namespace

void TicketEncoder::encode(const chat::Event& event, std::vector<delivery::Emission>& out) const {
  if (const auto* changed = std::get_if<chat::TicketChanged>(&event.body)) {
    if (open_.is_open(changed->ticket)) encode_change(*changed, out);
  } else if (const auto* posted = std::get_if<chat::MessagePosted>(&event.body)) {
    encode_posted(event, posted->message, out);
  } else if (const auto* updated = std::get_if<chat::RoomUpdated>(&event.body)) {
    encode_update(event, *updated, out);
  }
}

void TicketEncoder::encode_membership(const delivery::MembershipChange& change,
                                      std::vector<delivery::Emission>& out) const {
  if (!open_.is_open(change.ticket)) return;
  out.push_back(emission(both_sides(change.ticket), std::string(event_of(change.what)),
                         JsonWriter()
                             .text("room", room_of(change.ticket))
                             .json("member", member_json(change.member))
                             .take()));
}

void TicketEncoder::encode_change(const chat::TicketChanged& changed,
                                  std::vector<delivery::Emission>& out) const {
  const auto& ticket = changed.ticket;
  out.push_back(std::visit(
      Overloaded{
          [&](const chat::TicketMetadataChanged& now) {
            return emission(
                both_sides(ticket), "room:metadata",
                metadata_argument(ticket, now.metadata).number("version", now.version).take());
          },
          [&](const chat::TicketMessagePosted& posted) {
            const chat::TicketEntry entry{posted.message.author, posted.message};
            return emission(both_sides(ticket), "room:message",
                            JsonWriter()
                                .text("room", room_of(ticket))
                                .json("message", message_json(links_, entry))
                                .take());
          },
          [&](const chat::TicketClosed& closed) {
            return emission(both_sides(ticket), "room:closed",
                            closed_argument(ticket, closed.closed_at));
          },
      },
      changed.what));
}

// A message is an event for each of its audiences. A customer's is one, the team's; it is told to
// both sides of the ticket here.
void TicketEncoder::encode_posted(const chat::Event& event, const chat::Message& message,
                                  std::vector<delivery::Emission>& out) const {
  const chat::TicketKey ticket{message.account, to_hex(message.room)};
  if (!open_.is_open(ticket)) return;
  std::vector<std::string> channels = both_sides(ticket);
  if (message.sender == chat::SenderKind::agent) {
    channels = {event.audience.contact ? delivery::channel_of_customers(ticket)
                                       : delivery::channel_of_team(ticket)};
  }
  const auto member = open_.member(ticket, message.author);
  const chat::Person customer{message.author, chat::PersonKind::contact,
                              to_hex(event.room.contact)};
  const chat::Person agent{message.author, chat::PersonKind::agent, to_hex(message.author)};
  const bool by_team = message.sender == chat::SenderKind::agent;
  const chat::TicketEntry entry{member ? *member : by_team ? agent : customer, message};
  out.push_back(emission(std::move(channels), "room:message",
                         JsonWriter()
                             .text("room", room_of(ticket))
                             .json("message", message_json(links_, entry))
                             .take()));
}

void TicketEncoder::encode_update(const chat::Event& event, const chat::RoomUpdated& updated,
                                  std::vector<delivery::Emission>& out) const {
  using Kind = chat::RoomChangeKind;
  const bool is_shown = updated.what == Kind::status || updated.what == Kind::priority ||
                        updated.what == Kind::assignee;
  if (event.audience.contact || !is_shown) return;
  chat::AccessedTicket access;
  access.key = {event.room.account, to_hex(event.room.id)};
  if (!open_.is_open(access.key)) return;
  access.room = chat::AccessedRoom{event.room, {}};
  out.push_back(emission(both_sides(access.key), "room:metadata",
                         metadata_argument(access.key, chat::metadata_of(access).text()).take()));
  if (updated.what == Kind::status && event.room.status == chat::RoomStatus::closed) {
    out.push_back(emission(both_sides(access.key), "room:closed",
                           closed_argument(access.key, event.room.closed_at)));
  }
}

}  // namespace parlor::dialects::ticket
