#include "chat/chat_moves.h"

#include <string>
#include <utility>

#include "chat/assignment.h"
#include "chat/audience.h"
#include "chat/bot_room.h"
#include "chat/dates.h"
#include "chat/names.h"
#include "chat/room_journal.h"
#include "chat/room_rules.h"
#include "chat/routing.h"
#include "chat/student_status.h"

namespace parlor::chat {

namespace {

void count(Transaction& transaction, const Room& room, BotFactKind kind, Timestamp at) {
  const BotTalk& talk = talk_of(room);
  transaction.bot_facts().add({room.account, day_of(at), kind, talk.intent, talk.language, ""});
}

// How the bot's help with a problem ended.
void count_end(Transaction& transaction, const Room& room, const ChatMove& move) {
  const auto since = talk_of(room).problem_since;
  if (room_status_of(move.to) == RoomStatus::open) return count_given_up(transaction, room);
  if (since == Timestamp{} || move.to != StudentStatus::resolved || !move.is_confirmed) return;
  count(transaction, room, BotFactKind::confirmed, since);
}

bool is_a_person(const Room& room, const ChatMove& move) {
  return move.by && move.by != room.conversation;
}

void set_student_fields(StudentChat& chat, StudentStatus to, Timestamp at) {
  chat.status = to;
  chat.waiting_since = {};
  if (to != StudentStatus::waiting_for_admin) return;
  chat.escalated_at = at;
  chat.waiting_since = at;
}

void set_fields(Room& room, const ChatMove& move, StudentStatus from, Timestamp at) {
  BotTalk& talk = talk_of(room);
  talk.problem_since = {};
  talk.resolved_at = {};
  if (move.to == StudentStatus::bot_handling && is_a_person(room, move)) {
    // Given back: the bot begins anew.
    talk.dialogue.clear();
    talk.intent.clear();
    talk.bot_attempts = 0;
  }
  if (is_ended(move.to)) {
    // Thanks to a person are theirs.
    talk.resolved_by_person = is_a_person(room, move) || from == StudentStatus::admin_handling;
    talk.resolved_at = at;
  }
  if (room.student) set_student_fields(*room.student, move.to, at);
}

void announce(Transaction& transaction, const AccessedRoom& chat, std::int64_t seq,
              bool by_customer) {
  constexpr auto kKind = RoomChangeKind::status;
  const Shared<Room> now(chat.room);
  transaction.record(Event{team_of(chat.room, chat.inbox.visibility), now, seq,
                           RoomUpdated{kKind, true, ticket_row_of(transaction, chat.room, kKind)}});
  transaction.record(Event{contact_of(chat.room), now, seq, RoomUpdated{kKind, true}, by_customer});
}

void route(Transaction& transaction, AccessedRoom& chat, const ChatMove& move) {
  auto& [room, inbox] = chat;
  if (move.to == StudentStatus::bot_handling && !room.assignees.empty()) {
    assign_room(transaction, room, inbox, inbox, {}, move.by);
  }
  if (move.to != StudentStatus::waiting_for_admin) return;
  const auto last = room.student ? room.student->admin : ConversationId{};
  if (move.same_admin_first && last && room.assignees.empty() &&
      transaction.inboxes().is_member(room.account, inbox.id, last)) {
    return assign_room(transaction, room, inbox, inbox, {last}, ConversationId{});
  }
  route_reopened(transaction, room, inbox);
}

}  // namespace

void count_given_up(Transaction& transaction, const Room& room) {
  const auto since = talk_of(room).problem_since;
  if (since != Timestamp{}) count(transaction, room, BotFactKind::given_up, since);
}

void move_chat(Transaction& transaction, AccessedRoom& chat, const ChatMove& move) {
  Room& room = chat.room;
  const auto from = status_for_bot(room);
  if (from == move.to) return;
  count_end(transaction, room, move);
  const Timestamp at = next_stamp(room, transaction.now());
  set_fields(room, move, from, at);
  const auto wanted = room_status_of(move.to);
  if (room.status != wanted) set_status(room, wanted, at);
  const auto seq = append_change(transaction, room, RoomChangeKind::status, move.by,
                                 std::string(name_of(room.status)));
  announce(transaction, chat, seq, move.by_customer);
  route(transaction, chat, move);
}

void take_student_chat(Transaction& transaction, AccessedRoom& chat, ConversationId admin,
                       ConversationId by) {
  const bool is_new = chat.room.student->admin != admin;
  chat.room.student->admin = admin;
  if (chat.room.student->status != StudentStatus::admin_handling) {
    return move_chat(transaction, chat, {StudentStatus::admin_handling, by});
  }
  if (!is_new) return;
  const auto seq = append_change(transaction, chat.room, RoomChangeKind::status, by,
                                 std::string(name_of(chat.room.status)));
  announce(transaction, chat, seq, false);
}

void announce_in_chat(Transaction& transaction, const AccessedRoom& chat, const Message& message,
                      bool by_customer) {
  const auto& [room, inbox] = chat;
  const Shared<Room> now(room);
  const MessagePosted posted{message};
  if (message.sender == SenderKind::customer) {
    transaction.record(Event{team_of(room, inbox.visibility), now, message.seq, posted});
    transaction.record(Event{contact_of(room), now, message.seq, posted, true});
    return;
  }
  const auto snoozing =
      transaction.room_preferences().snoozing(room.account, room.id, transaction.now());
  for (Audience& audience : audiences_of(message, room, inbox.visibility, snoozing)) {
    const bool waits = by_customer && audience.contact.has_value();
    transaction.record(Event{std::move(audience), now, message.seq, posted, waits});
  }
}

}  // namespace parlor::chat
