#include "chat/room_start.h"

#include <utility>

#include "chat/audience.h"
#include "chat/room_journal.h"
#include "chat/room_rules.h"
#include "chat/student_status.h"

namespace parlor::chat {

Room start_room(Transaction& transaction, RoomStart start) {
  const Timestamp now = transaction.now();
  Room room;
  room.id = transaction.ids().make<RoomId>();
  room.account = start.contact.account;
  room.contact = start.contact.id;
  room.conversation = start.contact.conversation;
  room.inbox = start.inbox.id;
  room.subject = std::move(start.subject);
  set_assignees(room, start.assignees, now);
  room.student = std::move(start.student);
  if (room.student) set_status(room, room_status_of(room.student->status), now);
  if (start.bot_first) set_status(room, RoomStatus::pending, now);
  room.created_at = now;
  room.updated_at = now;
  room.last_activity = now;
  transaction.rooms().insert(room);
  const auto seq =
      append_change(transaction, room, RoomChangeKind::created, start.by, spell_assignees(room));
  transaction.rooms().update(room);
  announce_room(transaction, room, joiners_of(room), seq);
  return room;
}

}  // namespace parlor::chat
