#include "chat/room_journal.h"

#include <utility>

#include "chat/audience.h"
#include "chat/room_rules.h"
#include "chat/room_statistics.h"
#include "chat/ticket_access.h"

namespace parlor::chat {

namespace {

Timestamp advance(Transaction& transaction, Room& room) {
  room.seq += 1;
  room.last_stamp = next_stamp(room, transaction.now());
  room.updated_at = room.last_stamp;
  return room.last_stamp;
}

}  // namespace

Message append_message(Transaction& transaction, Room& room, const Actor& author,
                       const MessageDraft& draft) {
  const bool is_note = draft.type == MessageType::note;
  Message message;
  message.created_at = advance(transaction, room);
  message.id = transaction.ids().make<MessageId>();
  message.account = room.account;
  message.room = room.id;
  message.inbox = room.inbox;
  message.seq = room.seq;
  message.author = author.conversation;
  message.sender = author.is_team() ? SenderKind::agent : SenderKind::customer;
  message.type = draft.type;
  message.content = draft.content;
  message.attachments = draft.attachments;
  message.integration_app = draft.integration_app;
  message.quick_replies = draft.quick_replies;
  message.client_id = draft.client_id;
  message.author_name = author.name;
  message.customer_count = room.customer_count + (author.is_team() ? 0 : 1);
  message.team_count = room.team_count + (author.is_team() && !is_note ? 1 : 0);
  count_message(room, message);
  if (!is_note) room.last_activity = message.created_at;
  count_in_statistics(transaction, room, message);
  transaction.messages().insert(message);
  return message;
}

std::int64_t append_change(Transaction& transaction, Room& room, RoomChangeKind kind,
                           ConversationId by, std::string new_value) {
  const Timestamp at = advance(transaction, room);
  if (kind != RoomChangeKind::notes) room.last_activity = at;
  const RoomChange change{room.account, room.id, room.seq, kind, by, std::move(new_value), at};
  count_in_statistics(transaction, room, change);
  transaction.rooms().insert_change(change);
  return room.seq;
}

void announce_message(Transaction& transaction, const Room& room, Visibility visibility,
                      const Message& message) {
  std::vector<ConversationId> snoozing;
  if (message.sender == SenderKind::agent) {
    snoozing = transaction.room_preferences().snoozing(room.account, room.id, transaction.now());
  }
  const Shared<Room> now(room);
  const MessagePosted posted{message};
  for (Audience& audience : audiences_of(message, room, visibility, snoozing)) {
    transaction.record(Event{std::move(audience), now, message.seq, posted});
  }
}

void announce_change(Transaction& transaction, const Room& room, Visibility visibility,
                     RoomChangeKind kind, std::int64_t seq) {
  const bool status_changed = kind == RoomChangeKind::status;
  const Shared<Room> now(room);
  transaction.record(
      Event{team_of(room, visibility), now, seq,
            RoomUpdated{kind, status_changed, ticket_row_of(transaction, room, kind)}});
  if (status_changed)
    transaction.record(Event{contact_of(room), now, seq, RoomUpdated{kind, true}});
}

std::shared_ptr<const Ticket> ticket_row_of(Transaction& transaction, const Room& room,
                                            RoomChangeKind kind) {
  if (!is_in_metadata(kind)) return nullptr;
  auto ticket = transaction.tickets().find(room.account, to_hex(room.id));
  return ticket ? std::make_shared<const Ticket>(std::move(*ticket)) : nullptr;
}

void announce_room(Transaction& transaction, const Room& room, Audience joiners, std::int64_t seq) {
  const Shared<Room> now(room);
  transaction.record(Event{std::move(joiners), now, seq, RoomCreated{}});
  transaction.record(Event{contact_of(room), now, seq, RoomCreated{}});
}

}  // namespace parlor::chat
