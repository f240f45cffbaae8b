#include "chat/order_import.h"

#include <algorithm>
#include <utility>

#include "chat/message_draft.h"
#include "chat/order_inbox.h"
#include "chat/order_people.h"
#include "chat/order_rules.h"
#include "chat/room_rules.h"

namespace parlor::chat {

namespace {

// From then on a room's times only grow: one of tomorrow would put all that follows there.
constexpr std::int64_t kMaxFastClockMs = 24LL * 3600 * 1000;

Result<Ok> check_time(Transaction& transaction, std::string_view name, Timestamp at) {
  if (at <= transaction.now() + kMaxFastClockMs) return Ok();
  return fail(ErrorCode::invalid, std::string(name) + " lies in the future");
}

Timestamp updated_at_of(const OrderRoom& said) {
  return said.updated_at == Timestamp{} ? said.created_at : said.updated_at;
}

Room new_room(Transaction& transaction, AccountId account, const ImportOrderRoom& input) {
  const Inbox inbox = order_inbox(transaction, account);
  const Contact buyer =
      order_contact(transaction, account, ContactKind::buyer, input.order.order_user_id);
  if (!input.order.vendor_user_id.empty()) {
    order_contact(transaction, account, ContactKind::vendor, input.order.vendor_user_id);
  }
  Room room;
  room.id = transaction.ids().make<RoomId>();
  room.account = account;
  room.contact = buyer.id;
  room.conversation = buyer.conversation;
  room.inbox = inbox.id;
  room.subject = "Order " + input.order.number;
  const auto updated_at = updated_at_of(input.order);
  if (!input.is_open) set_status(room, RoomStatus::closed, updated_at);
  room.seq = 1;
  room.created_at = input.order.created_at;
  room.updated_at = updated_at;
  room.last_activity = updated_at;
  room.last_stamp = input.order.created_at;
  transaction.rooms().insert(room);
  transaction.rooms().insert_change(
      {account, room.id, room.seq, RoomChangeKind::created, {}, "", room.created_at});
  return room;
}

// Finds the room by its source's id, or makes it. Answers whether it is new.
Result<bool> open_room(Transaction& transaction, AccountId account, const ImportOrderRoom& input,
                       OrderRoom& order, Room& room) {
  auto& orders = transaction.order_rooms();
  if (auto known = orders.find_by_source(account, input.order.source_id)) {
    if (known->number != input.order.number || known->order_user_id != input.order.order_user_id) {
      return fail(ErrorCode::conflict, "_id is that of another order's room: " + known->name);
    }
    order = std::move(*known);
    room = transaction.rooms().find(account, order.room).value();
    return false;
  }
  for (const auto& [name, at] : {std::pair{"created_date", input.order.created_at},
                                 std::pair{"updated_date", input.order.updated_at}}) {
    if (auto checked = check_time(transaction, name, at); !checked) return checked.failure();
  }
  order = input.order;
  order.account = account;
  order.updated_at = updated_at_of(order);
  if (order.name.empty()) order.name = default_room_name(order);
  if (orders.find_by_name(account, order.name)) {
    return fail(ErrorCode::conflict, "room_name is that of another room: " + order.name);
  }
  room = new_room(transaction, account, input);
  order.room = room.id;
  orders.insert(order);
  return true;
}

// Whether they are new; a conflict when the source's id is another's.
Result<bool> add_participant(Transaction& transaction, const OrderRoom& order,
                             const OrderParticipant& imported) {
  auto& orders = transaction.order_rooms();
  const auto& person = imported.person;
  const auto known =
      orders.find_participant(order.account, order.room, person.user_type, person.user_id);
  if (known && !known->source_id.empty() && known->source_id != imported.source_id) {
    return fail(ErrorCode::conflict, "the same person takes part already, as " + known->source_id);
  }
  if (known) return false;
  if (orders.has_participant_from(order.account, imported.source_id)) {
    return fail(ErrorCode::conflict, "_id is that of another participant");
  }
  const auto present = orders.participants(order.account, order.room);
  if (present.size() >= kMaxOrderParticipants) {
    return fail(ErrorCode::conflict,
                "a room has at most " + std::to_string(kMaxOrderParticipants) + " participants");
  }
  OrderParticipant participant = imported;
  participant.account = order.account;
  participant.room = order.room;
  participant.id = transaction.ids().make<OrderParticipantId>();
  participant.position = present.empty() ? 1 : present.back().position + 1;
  participant.conversation = order_conversation_of(transaction, order.account, person);
  orders.insert(participant);
  if (is_team(person.user_type)) return true;
  auto contact =
      transaction.contacts().find_by_conversation(order.account, participant.conversation);
  if (contact) refresh_order_contact(transaction, std::move(*contact), person);
  return true;
}

// What of a media message the console can show.
void add_media(Message& message, const OrderMessage& order) {
  if (order.media_url.empty()) return;
  MessageDraft draft;
  draft.type = order.media_type.starts_with("image") ? MessageType::image : MessageType::file;
  draft.attachments.push_back({order.media_url, order.media_type, "", 0});
  if (check_draft(draft)) {
    message.type = draft.type;
    message.attachments = std::move(draft.attachments);
  } else if (message.content.empty()) {
    message.content = order.media_url;
  }
}

// Whether it is new; a conflict when the source's id is another's.
Result<bool> add_message(Transaction& transaction, OrderRoom& order, Room& room,
                         const ImportedOrderMessage& imported) {
  auto& orders = transaction.order_rooms();
  if (const auto known = orders.find_message_by_source(order.account, imported.order.source_id)) {
    if (known->room == order.room) return false;
    return fail(ErrorCode::conflict, "_id is that of a message of another room");
  }
  const auto in_time = check_time(transaction, "created_date", imported.order.created_at);
  if (!in_time) return in_time.failure();
  const auto& author = imported.order.author;
  const auto participant =
      orders.find_participant(order.account, order.room, author.user_type, author.user_id);
  Message message;
  message.id = transaction.ids().make<MessageId>();
  message.account = order.account;
  message.room = order.room;
  message.inbox = room.inbox;
  message.seq = ++room.seq;
  message.author = participant ? participant->conversation
                               : order_conversation_of(transaction, order.account, author);
  message.sender = is_team(author.user_type) ? SenderKind::agent : SenderKind::customer;
  message.content = imported.text;
  message.customer_count = room.customer_count;
  message.team_count = room.team_count;
  message.created_at = next_stamp(room, imported.order.created_at);
  add_media(message, imported.order);
  transaction.messages().insert(message);

  OrderMessage beside = imported.order;
  beside.account = order.account;
  beside.room = order.room;
  beside.seq = message.seq;
  complete_direction(beside, order);
  orders.insert(beside);
  room.last_stamp = message.created_at;
  if (beside.created_at < order.last_message_at) return true;  // older than what is there
  count_message(room, message);
  room.last_activity = std::max(room.last_activity, message.created_at);
  room.updated_at = std::max(room.updated_at, message.created_at);
  order.last_seq = message.seq;
  order.last_message_at = beside.created_at;
  return true;
}

}  // namespace

Result<OrderRoomImported> import_order_room(Transaction& transaction, AccountId account,
                                            const ImportOrderRoom& input) {
  if (input.participants.size() + input.messages.size() > kMaxImportedAtOnce) {
    return fail(ErrorCode::too_large, "at most " + std::to_string(kMaxImportedAtOnce) +
                                          " participants and messages are imported at once");
  }
  OrderRoom order;
  Room room;
  const auto is_new = open_room(transaction, account, input, order, room);
  if (!is_new) return is_new.failure();
  OrderRoomImported imported;
  imported.rooms = *is_new ? 1 : 0;
  const auto take = [&](const Result<bool>& added, const std::string& source_id,
                        std::int64_t& count) {
    if (!added) {
      imported.refused.push_back({source_id, added.error().message});
    } else if (*added) {
      ++count;
    }
  };
  for (const auto& participant : input.participants) {
    take(add_participant(transaction, order, participant), participant.source_id,
         imported.participants);
  }
  for (const auto& message : input.messages) {
    take(add_message(transaction, order, room, message), message.order.source_id,
         imported.messages);
  }
  if (imported.messages == 0) return imported;
  // What the record says of the room's last change counts, whatever its messages say.
  const bool is_said = input.order.updated_at != Timestamp{};
  const auto updated_at = is_said ? input.order.updated_at : order.last_message_at;
  order.updated_at = std::max(order.updated_at, updated_at);
  transaction.rooms().update(room);
  transaction.order_rooms().update(order);
  return imported;
}

}  // namespace parlor::chat
