// An order room: a room of the account's order inbox in which a marketplace's buyer, vendor and
// agents talk about one order (spec order-rooms.md).
//
// The conversation is a Room like any other; what stands here is what the marketplace says of it,
// of who takes part, and of each message. Ids of the shop's world are texts that mean nothing here.
// A `source_id` is the _id under which something was imported: shown in the place of our own.
// `as_imported` is a JSON object of what its record says otherwise than we would; empty = nothing.
// It is the dialect's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "chat/message.h"
#include "chat/room.h"

namespace parlor::chat {

using OrderParticipantId = Id<struct OrderParticipantTag>;

enum class OrderRoomType { agent_to_user, vendor_to_user, user_to_user };
// As whom somebody takes part. Admins and agents are of the team, the others customers.
enum class OrderUserType { admin, agent, buyer, customer, user, vendor };

inline constexpr std::size_t kMaxOrderFieldCharacters = 128;  // ids, names of databases
inline constexpr std::size_t kMaxOrderRoomNameCharacters = 255;
inline constexpr std::size_t kMaxOrderPersonCharacters = 255;  // user names, addresses, numbers
inline constexpr std::size_t kMaxOrderUrlBytes = 2048;
inline constexpr std::size_t kMaxOrderParticipants = 200;  // in one room

struct OrderRoom {
  AccountId account;
  RoomId room;
  std::string source_id;  // empty = made here
  OrderRoomType type = OrderRoomType::agent_to_user;
  std::string number;  // of the order: what the API calls room_id
  std::string name;    // unique in the account
  std::string order_id;
  std::string order_vendor_id;
  std::string order_user_id;
  std::string vendor_id;
  std::string vendor_user_id;
  std::string agent_id;
  std::string agent_db;
  std::string sub_domain;
  std::string client_id;
  std::string db_name;
  Timestamp created_at;
  Timestamp updated_at;       // of its newest message or participant; lists go by it
  std::int64_t last_seq = 0;  // of the newest message; 0 = none
  Timestamp last_message_at;
  std::string as_imported;

  friend bool operator==(const OrderRoom&, const OrderRoom&) = default;
};

// What a caller says of a person, with a join or a message. Kept as written.
struct OrderPerson {
  OrderUserType user_type = OrderUserType::user;
  std::string user_id;
  std::string username;
  std::string email;
  std::string phone_num;
  std::string display_image;
  std::string sub_domain;  // empty = not said

  friend bool operator==(const OrderPerson&, const OrderPerson&) = default;
};

struct OrderParticipant {
  AccountId account;
  RoomId room;
  OrderParticipantId id;
  std::int64_t position = 0;  // in the order of joining, from 1
  std::string source_id;
  OrderPerson person;
  ConversationId conversation;  // what they act as in the room
  Timestamp created_at;
  Timestamp updated_at;
  std::string as_imported;

  friend bool operator==(const OrderParticipant&, const OrderParticipant&) = default;
};

// What stands beside a message: its author as they were then, and the marketplace's own fields.
struct OrderMessage {
  AccountId account;
  RoomId room;
  std::int64_t seq = 0;
  std::string source_id;
  OrderPerson author;
  std::string chat_type;
  std::string to_message;
  std::string from_message;
  std::string to_id;
  std::string from_id;
  bool is_media = false;
  std::string media_url;  // as written; an upload's links are the message's
  std::string thumbnail_url;
  std::string media_type;
  bool from_console = false;  // an agent of ours wrote it
  Timestamp created_at;       // as shown; an imported one's own
  std::string as_imported;

  friend bool operator==(const OrderMessage&, const OrderMessage&) = default;
};

// One message with all that is shown of it.
struct OrderMessageView {
  Message message;
  OrderMessage order;
};

// One room as the dialect's calls answer it.
struct OrderRoomView {
  OrderRoom order;
  RoomStatus status = RoomStatus::open;
  std::vector<OrderParticipant> participants;  // in the order of joining
  std::optional<OrderMessageView> last;
};

enum class OrderKey { account, agent, vendor, vendor_user, user, client };

// By what rooms are looked for; newest update first. An empty text of a filter matches everything.
struct OrderRoomQuery {
  AccountId account;
  OrderKey key = OrderKey::account;
  std::string
      value;  // of the key: an agent_id, vendor_id, vendor_user_id, order_user_id, client_id
  std::string agent_db;                                     // key agent: part of it; else a filter
  OrderRoomType agent_type = OrderRoomType::agent_to_user;  // key agent: part of it
  std::optional<OrderRoomType> type;                        // a filter
  std::string agent_id;                                     // the others: filters
  std::vector<std::string> vendor_ids;                      // any of these
  std::string order_user_id;
  std::string sub_domain;
  std::string client_id;
  Timestamp before_update{INT64_MAX};  // exclusive, with the room's id
  RoomId before_room{INT64_MAX};
  int limit = 500;
};

bool matches(const OrderRoom& room, const OrderRoomQuery& query);

// The rows of order rooms. Lists are index ranges; of a key whose rooms do not match the filters,
// the newest kMaxOrderRoomsExamined are looked at.
inline constexpr int kMaxOrderRoomsExamined = 20'000;
inline constexpr int kMaxOrderRoomsListed = 500;
inline constexpr int kMaxOrderRoomsOfPerson = 1'000;

class OrderRooms {
 public:
  virtual ~OrderRooms() = default;
  virtual std::optional<OrderRoom> find(AccountId, RoomId) = 0;
  virtual std::optional<OrderRoom> find_by_name(AccountId, std::string_view name) = 0;
  virtual std::optional<OrderRoom> find_by_source(AccountId, std::string_view source_id) = 0;
  // At most kMaxOrderRoomsListed, newest update first.
  virtual std::vector<OrderRoom> find_by_number(AccountId, std::string_view number) = 0;
  virtual std::vector<OrderRoom> list(const OrderRoomQuery&) = 0;
  // The newest kMaxOrderRoomsOfPerson in which this person takes part; in no order.
  virtual std::vector<OrderRoom> list_of_participant(AccountId, ConversationId) = 0;
  // Each with its status, its participants and its last message: so many statements whatever the
  // number of rooms. In the order given.
  virtual std::vector<OrderRoomView> view(AccountId, std::vector<OrderRoom>) = 0;
  virtual void insert(const OrderRoom&) = 0;
  virtual void update(const OrderRoom&) = 0;  // its times and its last message

  virtual std::vector<OrderParticipant> participants(AccountId, RoomId) = 0;
  virtual std::optional<OrderParticipant> find_participant(AccountId, RoomId, OrderUserType,
                                                           std::string_view user_id) = 0;
  virtual bool takes_part(AccountId, RoomId, ConversationId) = 0;
  virtual bool has_participant_from(AccountId, std::string_view source_id) = 0;
  virtual void insert(const OrderParticipant&) = 0;
  virtual void update(const OrderParticipant&) = 0;

  virtual void insert(const OrderMessage&) = 0;
  virtual std::optional<OrderMessage> find_message(AccountId, RoomId, std::int64_t seq) = 0;
  virtual std::optional<OrderMessage> find_message_by_source(AccountId,
                                                             std::string_view source_id) = 0;
  // Of these two and what lies between, by seq.
  virtual std::vector<OrderMessage> messages(AccountId, RoomId, std::int64_t from_seq,
                                             std::int64_t to_seq) = 0;
};

}  // namespace parlor::chat
