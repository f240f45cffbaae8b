#include "dialects/conversation/event_encoder.h"

#include <boost/json/serialize.hpp>
#include <optional>

#include "dialects/common/overloaded.h"
#include "dialects/conversation/event_json.h"

namespace parlor::dialects::conversation {
namespace {

std::optional<NamedEvent> told_event(const Links& links, const chat::Event& event) {
  const bool to_contact = event.audience.contact.has_value();
  return std::visit(
      Overloaded{
          [&](const chat::MessagePosted& posted) -> std::optional<NamedEvent> {
            return new_message_event(links, *posted.message);
          },
          [&](const chat::RoomCreated&) -> std::optional<NamedEvent> {
            return join_room_event(event.room->id, event.seq);
          },
          [&](const chat::RoomUpdated& updated) -> std::optional<NamedEvent> {
            if (!to_contact) return update_room_event(*event.room, updated.what, event.seq);
            if (!updated.status_changed) return std::nullopt;
            return contact_status_event(*event.room, event.seq);
          },
          [&](const chat::AccessLost&) -> std::optional<NamedEvent> {
            return access_lost_event(*event.room, event.seq);
          },
          [](const chat::PreferenceChanged& changed) -> std::optional<NamedEvent> {
            return preference_event(changed);
          },
          [&](const chat::MessagesRead& read) -> std::optional<NamedEvent> {
            return message_read_event(event.room->id, read);
          },
          // Of students' chats, in their own dialect only.
          [](const chat::MessagesDelivered&) -> std::optional<NamedEvent> { return std::nullopt; },
          [](const chat::StudentNotice&) -> std::optional<NamedEvent> { return std::nullopt; },
          [](const chat::BotKnowledgeChanged&) -> std::optional<NamedEvent> {
            return std::nullopt;
          },
          // Told as lists of viewers.
          [](const chat::RoomViewed&) -> std::optional<NamedEvent> { return std::nullopt; },
          [](const chat::ConnectionsRevoked&) -> std::optional<NamedEvent> { return std::nullopt; },
          [](const chat::RoutingDue&) -> std::optional<NamedEvent> { return std::nullopt; },
          [](const chat::AgentExpected&) -> std::optional<NamedEvent> { return std::nullopt; },
          // The order dialect's, beside what is told of every room.
          [](const chat::OrderRoomOpened&) -> std::optional<NamedEvent> { return std::nullopt; },
          [](const chat::OrderMessagePosted&) -> std::optional<NamedEvent> { return std::nullopt; },
          [](const chat::TicketChanged&) -> std::optional<NamedEvent> { return std::nullopt; },
          [](const chat::MembershipAsked&) -> std::optional<NamedEvent> { return std::nullopt; },
      },
      event.body);
}

}  // namespace

void ConversationEncoder::encode(const chat::Event& event,
                                 std::vector<delivery::Emission>& out) const {
  // A student's devices are told in their own dialect.
  if (event.room->student && event.audience.contact) return;
  auto told = told_event(links_, event);
  if (!told) return;
  out.push_back({event.audience, std::move(told->name), boost::json::serialize(told->argument)});
}

void ConversationEncoder::encode(const delivery::Typing& typing,
                                 std::vector<delivery::Emission>& out) const {
  const auto told = typing_event(typing);
  const auto argument = boost::json::serialize(told.argument);
  for (const auto& audience : typing.signal.audiences) {
    if (typing.signal.is_student_chat && audience.contact) continue;
    out.push_back({audience, told.name, argument});
  }
}

void ConversationEncoder::encode(const delivery::Viewers& viewers,
                                 std::vector<delivery::Emission>& out) const {
  auto told = viewing_event(viewers);
  out.push_back({viewers.audience, std::move(told.name), boost::json::serialize(told.argument)});
}

}  // namespace parlor::dialects::conversation
