#include "dialects/ticket/event_encoder.h"

#include <algorithm>
#include <optional>

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

// What a call has made of the metadata of a ticket that somebody listens to.
struct Outcome {
  chat::TicketKey ticket;
  chat::TicketMetadataChanged now;
};

std::optional<Outcome> outcome_of(const chat::Event& event, const chat::OpenTickets& open) {
  if (const auto* changed = std::get_if<chat::TicketChanged>(&event.body)) {
    const auto* metadata = std::get_if<chat::TicketMetadataChanged>(&changed->what);
    if (!metadata || !open.is_open(changed->ticket)) return std::nullopt;
    return Outcome{changed->ticket, *metadata};
  }
  const auto* updated = std::get_if<chat::RoomUpdated>(&event.body);
  if (!updated || event.audience.contact || !chat::is_in_metadata(updated->what)) {
    return std::nullopt;
  }
  chat::AccessedTicket access;
  access.key = {event.room->account, to_hex(event.room->id)};
  if (!open.is_open(access.key)) return std::nullopt;
  if (updated->ticket) access.ticket = *updated->ticket;
  access.room = chat::AccessedRoom{*event.room, {}};
  return Outcome{access.key,
                 {chat::metadata_of(access).text(), chat::customers_metadata_of(access).text(),
                  chat::version_of(access), updated->status_changed, false}};
}

std::string metadata_argument(const Outcome& outcome, const std::string& metadata) {
  return JsonWriter()
      .text("room", room_of(outcome.ticket))
      .json("metadata", metadata)
      .number("version", outcome.now.version)
      .take();
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
  if (open_.none_is_open()) return;
  if (const auto* changed = std::get_if<chat::TicketChanged>(&event.body)) {
    if (open_.is_open(changed->ticket)) encode_change(*changed, out);
  } else if (const auto* posted = std::get_if<chat::MessagePosted>(&event.body)) {
    encode_posted(event, *posted->message, out);
  } else if (const auto* updated = std::get_if<chat::RoomUpdated>(&event.body)) {
    if (updated->what == chat::RoomChangeKind::status) encode_closed(event, out);
  }
}

void TicketEncoder::encode_outcome(const std::vector<chat::Event>& events,
                                   std::vector<delivery::Emission>& out) const {
  if (open_.none_is_open()) return;
  std::vector<Outcome> outcomes;
  for (const auto& event : events) {
    auto outcome = outcome_of(event, open_);
    if (!outcome) continue;
    const auto earlier = std::find_if(outcomes.begin(), outcomes.end(), [&](const Outcome& other) {
      return other.ticket == outcome->ticket;
    });
    if (earlier == outcomes.end()) {
      outcomes.push_back(std::move(*outcome));
    } else {
      outcome->now.is_customers_too |= earlier->now.is_customers_too;
      *earlier = std::move(*outcome);
    }
  }
  for (const auto& outcome : outcomes) {
    const auto& now = outcome.now;
    out.push_back(emission({delivery::channel_of_team(outcome.ticket)}, "room:metadata",
                           metadata_argument(outcome, now.metadata)));
    // Customers whose ticket it is no more are put out instead.
    if (!now.is_customers_too || now.owner_changed) continue;
    out.push_back(emission({delivery::channel_of_customers(outcome.ticket)}, "room:metadata",
                           metadata_argument(outcome, now.customers_metadata)));
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
  std::visit(Overloaded{
                 [](const chat::TicketMetadataChanged&) {},  // see encode_outcome
                 [&](const chat::TicketMessagePosted& posted) {
                   const chat::TicketEntry entry{posted.message.author, posted.message};
                   auto channels = both_sides(ticket);
                   if (posted.message.is_note()) channels = {delivery::channel_of_team(ticket)};
                   out.push_back(emission(std::move(channels), "room:message",
                                          JsonWriter()
                                              .text("room", room_of(ticket))
                                              .json("message", message_json(links_, entry))
                                              .take()));
                 },
                 [&](const chat::TicketClosed& closed) {
                   out.push_back(emission(both_sides(ticket), "room:closed",
                                          closed_argument(ticket, closed.closed_at)));
                 },
             },
             changed.what);
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
                              to_hex(event.room->contact)};
  const chat::Person agent{message.author, chat::PersonKind::agent, to_hex(message.author)};
  const bool by_team = message.sender == chat::SenderKind::agent;
  const chat::TicketEntry entry{member ? *member : by_team ? agent : customer, message};
  out.push_back(emission(std::move(channels), "room:message",
                         JsonWriter()
                             .text("room", room_of(ticket))
                             .json("message", message_json(links_, entry))
                             .take()));
}

void TicketEncoder::encode_closed(const chat::Event& event,
                                  std::vector<delivery::Emission>& out) const {
  const chat::TicketKey ticket{event.room->account, to_hex(event.room->id)};
  if (event.audience.contact || event.room->status != chat::RoomStatus::closed) return;
  if (!open_.is_open(ticket)) return;
  out.push_back(
      emission(both_sides(ticket), "room:closed", closed_argument(ticket, event.room->closed_at)));
}

}  // namespace parlor::dialects::ticket
