#include "chat/typing.h"

#include <utility>

#include "chat/audience.h"
#include "chat/ticket_access.h"

namespace parlor::chat {

TypingSignal typing_signal(const Actor& actor, const AccessedRoom& access) {
  const auto& [room, inbox] = access;
  TypingSignal signal;
  signal.room = room.id;
  signal.is_student_chat = room.student.has_value();
  signal.customer = room.conversation;
  signal.from = actor.conversation;
  signal.kind = actor.is_team() ? SenderKind::agent : SenderKind::customer;
  signal.name = actor.name;
  signal.person = person_of(actor);
  signal.audiences.push_back(team_of_but(room, inbox.visibility, actor.conversation));
  if (actor.is_team()) signal.audiences.push_back(contact_of(room));
  return signal;
}

TypingSignal with_team(TypingSignal signal, Audience team) {
  team.except.push_back(signal.from);
  signal.audiences.front() = std::move(team);
  return signal;
}

Result<TypingSignal> may_signal_typing(Transaction& transaction, const Actor& actor, RoomId id) {
  const auto access = access_room(transaction, actor, id);
  if (!access) return access.failure();
  return typing_signal(actor, *access);
}

}  // namespace parlor::chat
