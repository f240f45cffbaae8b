// The lists that rooms stand in, kept so that a page is a merge of index ranges and a total a sum
// of counters.
//
// A room stands in the list of the assigned and in that of each assignee, or in the list of the
// unassigned: all rooms are these two together. In a list, rooms lie in buckets, one for each
// (inbox, status, priority), each bucket ordered by update and, in a table of its own, by creation:
//
//   room_by_update    (account, list, inbox, status, priority, updated_at, room)
//   room_by_creation  (account, list, inbox, status, priority, created_at, room)
//
// bucket_counts.h counts them.
// A message only moves its room inside its buckets by update: one row a list, and no counter.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_set>
#include <vector>

#include "chat/transaction.h"
#include "store/sql/bucket_counts.h"
#include "store/sql/connection.h"

namespace parlor::store::sql {

// Where a room stands in its lists.
struct Placement {
  std::vector<std::int64_t> lists;
  InboxId inbox;
  chat::RoomStatus status = chat::RoomStatus::open;
  chat::Priority priority = chat::Priority::medium;
  Timestamp created_at;
  Timestamp updated_at;
  Timestamp queued_at;  // 0 = it does not wait to be assigned

  Bucket bucket(std::int64_t list) const { return {list, inbox, status, priority}; }
};

Placement placement_of(const chat::Room& room);

// Whether the viewer's list of rooms has this one, its filters included.
bool is_listed(const chat::Room& room, const chat::RoomQuery& query);

class RoomLists {
 public:
  RoomLists(Connection& db, BucketCounts& counts) : db_(db), counts_(counts) {}

  void insert(AccountId account, RoomId room, const Placement& placement);
  void move(AccountId account, RoomId room, const Placement& from, const Placement& to);

  // Each room once. `total` is that of the whole list.
  std::vector<RoomId> page(const chat::RoomQuery& query, std::int64_t& total);
  // The list without the rooms of `without`: `limit` of them from `offset` on. `total` is that of
  // the whole list.
  std::vector<RoomId> range(const chat::RoomQuery& query, std::int64_t offset, std::int64_t limit,
                            const std::unordered_set<RoomId>& without, std::int64_t& total);
  // Rooms in scope updated at or after `since`, oldest update first.
  std::vector<RoomId> updated_since(AccountId account, const chat::RoomScope& scope,
                                    Timestamp since, int limit);

 private:
  void add_update(AccountId account, RoomId room, const Bucket& bucket, Timestamp at);
  void remove_update(AccountId account, RoomId room, const Bucket& bucket, Timestamp at);
  void add(AccountId account, RoomId room, const Bucket& bucket, const Placement& placement);
  void remove(AccountId account, RoomId room, const Bucket& bucket, const Placement& placement);
  std::vector<CountedBucket> buckets_of(AccountId account, const chat::RoomScope& scope,
                                        std::optional<InboxId> inbox);
  std::vector<CountedBucket> buckets_of(const chat::RoomQuery& query);
  void add_buckets(AccountId account, std::int64_t list, std::optional<InboxId> inbox,
                   std::vector<CountedBucket>& to);
  void add_all(AccountId account, std::optional<InboxId> inbox, std::vector<CountedBucket>& to);

  Connection& db_;
  BucketCounts& counts_;
};

}  // namespace parlor::store::sql
