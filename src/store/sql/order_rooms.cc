#include "store/sql/order_rooms.h"

#include <string>
#include <unordered_map>

#include "store/sql/encoding.h"

namespace parlor::store::sql {
namespace {

#define ORDER_ROOM_COLUMNS                                                                      \
  "account, room, source_id, type, number, name, order_id, order_vendor_id, order_user_id, "    \
  "vendor_id, vendor_user_id, agent_id, agent_db, sub_domain, client_id, db_name, created_at, " \
  "updated_at, last_seq, last_message_at, as_imported"
#define ORDER_ROOMS "SELECT " ORDER_ROOM_COLUMNS " FROM order_room WHERE account = $1"
// A range of an index, behind the room that was seen last.
#define NEWEST_BEHIND                  \
  " AND (updated_at, room) < ($2, $3)" \
  " ORDER BY updated_at DESC, room DESC"
#define PARTICIPANT_COLUMNS                                                              \
  "account, room, position, id, source_id, user_type, user_id, conversation, username, " \
  "email, phone_num, display_image, sub_domain, created_at, updated_at, as_imported"
#define PARTICIPANTS "SELECT " PARTICIPANT_COLUMNS " FROM order_participant WHERE account = $1"
#define ORDER_MESSAGE_COLUMNS                                                        \
  "account, room, seq, source_id, user_type, user_id, username, email, phone_num, "  \
  "display_image, sub_domain, chat_type, to_message, from_message, to_id, from_id, " \
  "is_media, media_url, thumbnail_url, media_type, from_console, created_at, "       \
  "as_imported"
#define ORDER_MESSAGES "SELECT " ORDER_MESSAGE_COLUMNS " FROM order_message WHERE account = $1"

auto fields(auto& room) requires requires { room.number; }
{
  return std::tie(room.account, room.room, room.source_id, room.type, room.number, room.name,
                  room.order_id, room.order_vendor_id, room.order_user_id, room.vendor_id,
                  room.vendor_user_id, room.agent_id, room.agent_db, room.sub_domain,
                  room.client_id, room.db_name, room.created_at, room.updated_at, room.last_seq,
                  room.last_message_at, room.as_imported);
}

auto fields(auto& participant) requires requires { participant.person; }
{
  auto& person = participant.person;
  return std::tie(participant.account, participant.room, participant.position, participant.id,
                  participant.source_id, person.user_type, person.user_id, participant.conversation,
                  person.username, person.email, person.phone_num, person.display_image,
                  person.sub_domain, participant.created_at, participant.updated_at,
                  participant.as_imported);
}

auto fields(auto& message) requires requires { message.author; }
{
  auto& author = message.author;
  return std::tie(message.account, message.room, message.seq, message.source_id, author.user_type,
                  author.user_id, author.username, author.email, author.phone_num,
                  author.display_image, author.sub_domain, message.chat_type, message.to_message,
                  message.from_message, message.to_id, message.from_id, message.is_media,
                  message.media_url, message.thumbnail_url, message.media_type,
                  message.from_console, message.created_at, message.as_imported);
}

template <class Row>
std::optional<Row> first_of(Rows rows) {
  if (!rows.next()) return std::nullopt;
  Row row;
  rows.read(fields(row));
  return row;
}

template <class Row>
std::vector<Row> all_of(Rows rows) {
  std::vector<Row> all;
  while (rows.next()) rows.read(fields(all.emplace_back()));
  return all;
}

// "[1,2,3]": one parameter for any number of ids.
std::string id_list(const std::vector<chat::OrderRoomView>& views) {
  std::string list = "[";
  for (const auto& view : views) {
    if (list.size() > 1) list += ',';
    list += std::to_string(view.order.room.value);
  }
  return list + "]";
}

}  // namespace

std::optional<chat::OrderRoom> SqlOrderRooms::find(AccountId account, RoomId room) {
  const bool may_be = any_.may_have(account, [&] {
    return db_.read("SELECT 1 FROM order_room WHERE account = $1 LIMIT 1", account).next();
  });
  if (!may_be) return std::nullopt;
  return first_of<chat::OrderRoom>(db_.read(ORDER_ROOMS " AND room = $2", account, room));
}

std::optional<chat::OrderRoom> SqlOrderRooms::find_by_name(AccountId account,
                                                           std::string_view name) {
  return first_of<chat::OrderRoom>(db_.read(ORDER_ROOMS " AND name = $2", account, name));
}

std::optional<chat::OrderRoom> SqlOrderRooms::find_by_source(AccountId account,
                                                             std::string_view source_id) {
  return first_of<chat::OrderRoom>(
      db_.read(ORDER_ROOMS " AND source_id = $2 AND source_id <> ''", account, source_id));
}

std::vector<chat::OrderRoom> SqlOrderRooms::find_by_number(AccountId account,
                                                           std::string_view number) {
  return all_of<chat::OrderRoom>(
      db_.read(ORDER_ROOMS " AND number = $2 ORDER BY updated_at DESC, room DESC LIMIT $3", account,
               number, chat::kMaxOrderRoomsListed));
}

Rows SqlOrderRooms::range(const chat::OrderRoomQuery& query) {
  const auto read = [&](Sql sql, const auto&... key) {
    return db_.read(sql, query.account, query.before_update, query.before_room, key...);
  };
  switch (query.key) {
    case chat::OrderKey::account:
      break;
    case chat::OrderKey::agent:
      return read(ORDER_ROOMS " AND agent_id = $4 AND agent_db = $5 AND type = $6" NEWEST_BEHIND,
                  query.value, query.agent_db, query.agent_type);
    case chat::OrderKey::vendor:
      return read(ORDER_ROOMS " AND vendor_id = $4" NEWEST_BEHIND, query.value);
    case chat::OrderKey::vendor_user:
      return read(ORDER_ROOMS " AND vendor_user_id = $4" NEWEST_BEHIND, query.value);
    case chat::OrderKey::user:
      return read(ORDER_ROOMS " AND order_user_id = $4" NEWEST_BEHIND, query.value);
    case chat::OrderKey::client:
      return read(ORDER_ROOMS " AND client_id = $4" NEWEST_BEHIND, query.value);
  }
  return read(ORDER_ROOMS NEWEST_BEHIND);
}

std::vector<chat::OrderRoom> SqlOrderRooms::list(const chat::OrderRoomQuery& query) {
  std::vector<chat::OrderRoom> rooms;
  int examined = 0;
  for (auto rows = range(query); static_cast<int>(rooms.size()) < query.limit &&
                                 examined < chat::kMaxOrderRoomsExamined && rows.next();
       ++examined) {
    rows.read(fields(rooms.emplace_back()));
    if (!chat::matches(rooms.back(), query)) rooms.pop_back();
  }
  return rooms;
}

std::vector<chat::OrderRoom> SqlOrderRooms::list_of_participant(AccountId account,
                                                                ConversationId participant) {
  return all_of<chat::OrderRoom>(
      db_.read(ORDER_ROOMS " AND room IN (SELECT room FROM order_participant WHERE account = $1"
                           " AND conversation = $2 ORDER BY room DESC LIMIT $3)",
               account, participant, chat::kMaxOrderRoomsOfPerson));
}

std::vector<chat::OrderRoomView> SqlOrderRooms::view(AccountId account,
                                                     std::vector<chat::OrderRoom> rooms) {
  std::vector<chat::OrderRoomView> views;
  views.reserve(rooms.size());
  for (auto& room : rooms) views.emplace_back().order = std::move(room);
  if (views.empty()) return views;
  add_last_messages(account, views);
  add_participants(account, views);
  return views;
}

// One row for each room, in the order of the list.
void SqlOrderRooms::add_last_messages(AccountId account, std::vector<chat::OrderRoomView>& views) {
  auto rows = db_.read(
      "SELECT room.status, o.last_seq,"
      " m.seq, m.id, m.inbox, m.author, m.sender, m.type, m.created_at, m.attachments, m.content,"
      " om.source_id, om.user_type, om.user_id, om.username, om.email, om.phone_num,"
      " om.display_image, om.sub_domain, om.chat_type, om.to_message, om.from_message, om.to_id,"
      " om.from_id, om.is_media, om.media_url, om.thumbnail_url, om.media_type, om.from_console,"
      " om.created_at, om.as_imported"
      " FROM json_each($2) AS listed"
      " CROSS JOIN order_room AS o ON o.account = $1 AND o.room = listed.value"
      " JOIN room ON room.account = $1 AND room.id = o.room"
      " LEFT JOIN message AS m ON m.account = $1 AND m.room = o.room AND m.is_note = 0"
      " AND m.seq = o.last_seq"
      " LEFT JOIN order_message AS om ON om.account = $1 AND om.room = o.room"
      " AND om.seq = o.last_seq",
      account, id_list(views));
  for (auto& view : views) {
    if (!rows.next()) break;
    chat::OrderMessageView last;
    auto& [message, order] = last;
    rows.read(std::tie(
        view.status, view.order.last_seq, message.seq, message.id, message.inbox, message.author,
        message.sender, message.type, message.created_at, message.attachments, message.content,
        order.source_id, order.author.user_type, order.author.user_id, order.author.username,
        order.author.email, order.author.phone_num, order.author.display_image,
        order.author.sub_domain, order.chat_type, order.to_message, order.from_message, order.to_id,
        order.from_id, order.is_media, order.media_url, order.thumbnail_url, order.media_type,
        order.from_console, order.created_at, order.as_imported));
    if (view.order.last_seq == 0 || !message.id) continue;
    message.account = order.account = account;
    message.room = order.room = view.order.room;
    order.seq = message.seq;
    view.last = std::move(last);
  }
}

void SqlOrderRooms::add_participants(AccountId account, std::vector<chat::OrderRoomView>& views) {
  std::unordered_map<RoomId, chat::OrderRoomView*> by_room;
  for (auto& view : views) by_room.emplace(view.order.room, &view);
  auto rows = db_.read(PARTICIPANTS
                       " AND room IN (SELECT value FROM json_each($2)) ORDER BY room, position",
                       account, id_list(views));
  while (rows.next()) {
    chat::OrderParticipant participant;
    rows.read(fields(participant));
    by_room.at(participant.room)->participants.push_back(std::move(participant));
  }
}

void SqlOrderRooms::insert(const chat::OrderRoom& room) {
  forget();
  db_.write_row("INSERT INTO order_room (" ORDER_ROOM_COLUMNS
                ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,"
                " $17, $18, $19, $20, $21)",
                fields(room));
}

void SqlOrderRooms::update(const chat::OrderRoom& room) {
  db_.write(
      "UPDATE order_room SET updated_at = $3, last_seq = $4, last_message_at = $5"
      " WHERE account = $1 AND room = $2",
      room.account, room.room, room.updated_at, room.last_seq, room.last_message_at);
}

std::vector<chat::OrderParticipant> SqlOrderRooms::participants(AccountId account, RoomId room) {
  return all_of<chat::OrderParticipant>(
      db_.read(PARTICIPANTS " AND room = $2 ORDER BY position", account, room));
}

std::optional<chat::OrderParticipant> SqlOrderRooms::find_participant(AccountId account,
                                                                      RoomId room,
                                                                      chat::OrderUserType user_type,
                                                                      std::string_view user_id) {
  return first_of<chat::OrderParticipant>(
      db_.read(PARTICIPANTS " AND room = $2 AND user_type = $3 AND user_id = $4", account, room,
               user_type, user_id));
}

bool SqlOrderRooms::takes_part(AccountId account, RoomId room, ConversationId person) {
  return db_
      .read(
          "SELECT 1 FROM order_participant WHERE account = $1 AND conversation = $2"
          " AND room = $3",
          account, person, room)
      .next();
}

bool SqlOrderRooms::has_participant_from(AccountId account, std::string_view source_id) {
  return db_
      .read(
          "SELECT 1 FROM order_participant WHERE account = $1 AND source_id = $2"
          " AND source_id <> ''",
          account, source_id)
      .next();
}

void SqlOrderRooms::insert(const chat::OrderParticipant& participant) {
  db_.write_row("INSERT INTO order_participant (" PARTICIPANT_COLUMNS
                ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
                fields(participant));
}

void SqlOrderRooms::update(const chat::OrderParticipant& participant) {
  const auto& person = participant.person;
  db_.write(
      "UPDATE order_participant SET source_id = $4, conversation = $5, username = $6, email = $7,"
      " phone_num = $8, display_image = $9, sub_domain = $10, updated_at = $11"
      " WHERE account = $1 AND room = $2 AND position = $3",
      participant.account, participant.room, participant.position, participant.source_id,
      participant.conversation, person.username, person.email, person.phone_num,
      person.display_image, person.sub_domain, participant.updated_at);
}

void SqlOrderRooms::insert(const chat::OrderMessage& message) {
  db_.write_row("INSERT INTO order_message (" ORDER_MESSAGE_COLUMNS
                ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,"
                " $17, $18, $19, $20, $21, $22, $23)",
                fields(message));
}

std::optional<chat::OrderMessage> SqlOrderRooms::find_message(AccountId account, RoomId room,
                                                              std::int64_t seq) {
  return first_of<chat::OrderMessage>(
      db_.read(ORDER_MESSAGES " AND room = $2 AND seq = $3", account, room, seq));
}

std::optional<chat::OrderMessage> SqlOrderRooms::find_message_by_source(
    AccountId account, std::string_view source_id) {
  return first_of<chat::OrderMessage>(
      db_.read(ORDER_MESSAGES " AND source_id = $2 AND source_id <> ''", account, source_id));
}

std::vector<chat::OrderMessage> SqlOrderRooms::messages(AccountId account, RoomId room,
                                                        std::int64_t from_seq,
                                                        std::int64_t to_seq) {
  return all_of<chat::OrderMessage>(
      db_.read(ORDER_MESSAGES " AND room = $2 AND seq >= $3 AND seq <= $4 ORDER BY seq", account,
               room, from_seq, to_seq));
}

#undef ORDER_ROOM_COLUMNS
#undef ORDER_ROOMS
#undef NEWEST_BEHIND
#undef PARTICIPANT_COLUMNS
#undef PARTICIPANTS
#undef ORDER_MESSAGE_COLUMNS
#undef ORDER_MESSAGES

}  // namespace parlor::store::sql
