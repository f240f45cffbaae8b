#include "chat/typing.h"

#include "chat/access.h"
#include "chat/audience.h"

namespace parlor::chat {

Result<TypingSignal> may_signal_typing(Transaction& transaction, const Actor& actor, RoomId id) {
  const auto access = access_room(transaction, actor, id);
  if (!access) return access.failure();
  const auto& [room, inbox] = *access;
  TypingSignal signal;
  signal.room = room.id;
  signal.is_student_chat = room.student.has_value();
  signal.customer = room.conversation;
  signal.from = actor.conversation;
  signal.kind = actor.is_team() ? SenderKind::agent : SenderKind::customer;
  signal.name = actor.name;
  signal.audiences.push_back(team_of_but(room, inbox.visibility, actor.conversation));
  if (actor.is_team()) signal.audiences.push_back(contact_of(room));
  return signal;
}

}  // namespace parlor::chat
