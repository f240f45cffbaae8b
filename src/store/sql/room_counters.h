// How many rooms there are, from the counters that room_lists.h keeps: a few rows each.
#pragma once

#include "chat/statistics.h"
#include "store/sql/connection.h"

namespace parlor::store::sql {

class SqlRoomCounters final : public chat::RoomCounters {
 public:
  explicit SqlRoomCounters(Connection& db) : db_(db) {}

  chat::RoomCounts of_account(AccountId account) override;
  chat::RoomCounts of_inbox(AccountId account, InboxId inbox) override;
  chat::RoomCounts assigned_to(AccountId account, ConversationId agent) override;
  chat::RoomCounts unassigned(AccountId account) override;

 private:
  chat::RoomCounts of_list(AccountId account, std::int64_t list);

  Connection& db_;
};

}  // namespace parlor::store::sql
