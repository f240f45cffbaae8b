#include "chat/waiting.h"

#include <utility>

namespace parlor::chat {

namespace {

bool is_by_a_person_of_the_team(const Message& message) {
  return message.sender == SenderKind::agent && message.type != MessageType::note &&
         message.integration_app.empty();
}

}  // namespace

std::optional<Answered> follow_wait(Room& room, const Message& message) {
  if (message.sender == SenderKind::customer) {
    if (room.waiting_since == Timestamp{}) room.waiting_since = message.created_at;
    return std::nullopt;
  }
  if (!is_by_a_person_of_the_team(message)) return std::nullopt;
  const bool is_first = room.answered_at == Timestamp{};
  if (is_first) room.answered_at = message.created_at;
  const auto since = std::exchange(room.waiting_since, Timestamp{});
  if (since == Timestamp{}) return std::nullopt;
  return Answered{message.created_at - since, is_first};
}

void drop_wait(Room& room) { room.waiting_since = {}; }

}  // namespace parlor::chat
