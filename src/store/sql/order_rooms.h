// The rows of order rooms, their participants and what stands beside their messages.
//
// A list is a range of one of the indexes that migration 0012 makes, read until it is full. What is
// shown of its rooms is read by two statements for all of them together.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "chat/order_room.h"
#include "store/sql/connection.h"
#include "store/sql/recent.h"

namespace parlor::store::sql {

class SqlOrderRooms final : public chat::OrderRooms {
 public:
  SqlOrderRooms(Connection& db, Keeping keeping) : db_(db), any_(keeping) {}
  void forget() { any_.forget(); }

  std::optional<chat::OrderRoom> find(AccountId account, RoomId room) override;
  std::optional<chat::OrderRoom> find_by_name(AccountId account, std::string_view name) override;
  std::optional<chat::OrderRoom> find_by_source(AccountId account,
                                                std::string_view source_id) override;
  std::vector<chat::OrderRoom> find_by_number(AccountId account, std::string_view number) override;
  std::vector<chat::OrderRoom> list(const chat::OrderRoomQuery& query) override;
  std::vector<chat::OrderRoom> list_of_participant(AccountId account,
                                                   ConversationId participant) override;
  std::vector<chat::OrderRoomView> view(AccountId account,
                                        std::vector<chat::OrderRoom> rooms) override;
  void insert(const chat::OrderRoom& room) override;
  void update(const chat::OrderRoom& room) override;

  std::vector<chat::OrderParticipant> participants(AccountId account, RoomId room) override;
  std::optional<chat::OrderParticipant> find_participant(AccountId account, RoomId room,
                                                         chat::OrderUserType user_type,
                                                         std::string_view user_id) override;
  bool takes_part(AccountId account, RoomId room, ConversationId person) override;
  bool has_participant_from(AccountId account, std::string_view source_id) override;
  void insert(const chat::OrderParticipant& participant) override;
  void update(const chat::OrderParticipant& participant) override;

  void insert(const chat::OrderMessage& message) override;
  std::optional<chat::OrderMessage> find_message(AccountId account, RoomId room,
                                                 std::int64_t seq) override;
  std::optional<chat::OrderMessage> find_message_by_source(AccountId account,
                                                           std::string_view source_id) override;
  std::vector<chat::OrderMessage> messages(AccountId account, RoomId room, std::int64_t from_seq,
                                           std::int64_t to_seq) override;

 private:
  Rows range(const chat::OrderRoomQuery& query);
  void add_last_messages(AccountId account, std::vector<chat::OrderRoomView>& views);
  void add_participants(AccountId account, std::vector<chat::OrderRoomView>& views);

  Connection& db_;
  AnyRows any_;
};

}  // namespace parlor::store::sql
