// How many rooms lie in each bucket of each list (room_lists.h):
//
//   room_count  (account, list, inbox, status, priority) -> rooms
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "chat/room.h"
#include "store/sql/connection.h"
#include "store/sql/gathered.h"

namespace parlor::store::sql {

// Which list: an assignee's conversation, or one of these two, in which together each room is once.
inline constexpr std::int64_t kAssigned = -1;
inline constexpr std::int64_t kUnassigned = 0;

struct Bucket {
  std::int64_t list = kUnassigned;
  InboxId inbox;
  chat::RoomStatus status = chat::RoomStatus::open;
  chat::Priority priority = chat::Priority::medium;

  friend auto operator<=>(const Bucket&, const Bucket&) = default;
};

struct CountedBucket {
  Bucket bucket;
  std::int64_t rooms = 0;
};

struct BucketKey {
  AccountId account;
  Bucket bucket;

  friend auto operator<=>(const BucketKey&, const BucketKey&) = default;
};

class BucketCounts final : public Gathered<BucketKey, std::int64_t> {
 public:
  explicit BucketCounts(Connection& db) : db_(db) {}

  void write();

  void add(AccountId account, const Bucket& bucket, int change);
  // The buckets of a list in which there are rooms: those of one inbox, or all.
  std::vector<CountedBucket> of_list(AccountId account, std::int64_t list,
                                     std::optional<InboxId> inbox);

 private:
  Connection& db_;
};

}  // namespace parlor::store::sql
