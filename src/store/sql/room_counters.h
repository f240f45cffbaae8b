// How many rooms there are, by the counters of their buckets: a few rows each.
#pragma once

#include "chat/statistics.h"
#include "store/sql/bucket_counts.h"

namespace parlor::store::sql {

class SqlRoomCounters final : public chat::RoomCounters {
 public:
  explicit SqlRoomCounters(BucketCounts& counts) : counts_(counts) {}

  chat::RoomCounts of_account(AccountId account) override;
  chat::RoomCounts of_inbox(AccountId account, InboxId inbox) override;
  chat::RoomCounts assigned_to(AccountId account, ConversationId agent) override;
  chat::RoomCounts unassigned(AccountId account) override;

 private:
  chat::RoomCounts of_list(AccountId account, std::int64_t list,
                           std::optional<InboxId> inbox = std::nullopt);
  chat::RoomCounts of_all(AccountId account, std::optional<InboxId> inbox = std::nullopt);

  BucketCounts& counts_;
};

}  // namespace parlor::store::sql
