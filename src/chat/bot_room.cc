#include "chat/bot_room.h"

#include <string>

#include "chat/chat_moves.h"
#include "chat/names.h"
#include "chat/room_journal.h"
#include "chat/room_rules.h"

namespace parlor::chat {

BotTalk& talk_of(Room& room) {
  if (room.student) return *room.student;
  return room.bot ? *room.bot : room.bot.emplace();
}

const BotTalk& talk_of(const Room& room) {
  static const BotTalk none;
  if (room.student) return *room.student;
  return room.bot ? *room.bot : none;
}

StudentStatus status_for_bot(const Room& room) {
  if (room.student) return room.student->status;
  switch (room.status) {
    case RoomStatus::pending:
      return StudentStatus::bot_handling;
    case RoomStatus::open:
      return StudentStatus::admin_handling;
    case RoomStatus::closed:
      break;
  }
  const bool is_resolved = talk_of(room).resolved_at != Timestamp{};
  return is_resolved ? StudentStatus::resolved : StudentStatus::closed;
}

bool is_with_bot(const Room& room, const Inbox& inbox) {
  return !room.student && inbox.has_bot && room.status == RoomStatus::pending &&
         room.assignees.empty();
}

bool bot_answers_next(const Room& room, const Inbox& inbox) {
  if (is_with_bot(room, inbox)) return true;
  return !room.student && inbox.has_bot && room.assignees.empty() &&
         status_for_bot(room) == StudentStatus::resolved;
}

Result<std::optional<AccountId>> find_bot_ahead(Transaction& transaction, const Actor& actor,
                                                const WriteAhead& input) {
  if (auto contact = require_contact(actor); !contact) return contact.failure();
  if (input.inbox) {
    const auto inbox = transaction.inboxes().find(actor.account, input.inbox);
    if (!inbox || !inbox->has_bot) return std::nullopt;
    return actor.account;
  }
  const auto access = access_room(transaction, actor, input.room);
  if (!access) return access.failure();
  if (!bot_answers_next(access->room, access->inbox)) return std::nullopt;
  return actor.account;
}

void take_from_bot(Transaction& transaction, AccessedRoom& access, bool was_with_bot,
                   ConversationId by) {
  auto& [room, inbox] = access;
  if (room.bot) room.bot->resolved_at = {};
  if (!was_with_bot) return;
  set_status(room, RoomStatus::open, next_stamp(room, transaction.now()));
  note_status_by_hand(transaction, room);
  const auto seq = append_change(transaction, room, RoomChangeKind::status, by,
                                 std::string(name_of(room.status)));
  announce_change(transaction, room, inbox.visibility, RoomChangeKind::status, seq);
}

void note_status_by_hand(Transaction& transaction, Room& room) {
  if (!room.bot) return;
  if (room.status == RoomStatus::open) count_given_up(transaction, room);
  BotTalk& talk = *room.bot;
  talk.problem_since = {};
  talk.resolved_at = {};
  if (room.status != RoomStatus::pending) return;
  // Given back: the bot begins anew, in the language that it knows.
  talk.dialogue.clear();
  talk.intent.clear();
  talk.bot_attempts = 0;
}

}  // namespace parlor::chat
