#include "store/sql/room_lists.h"

#include <algorithm>

#include "store/sql/room_merge.h"

namespace parlor::store::sql {
namespace {

template <class T>
bool contains(const std::vector<T>& items, const T& item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

bool is_assigned(const chat::Room& room, ConversationId agent) {
  return std::any_of(room.assignees.begin(), room.assignees.end(),
                     [&](const auto& assignee) { return assignee.agent == agent; });
}

bool in_scope(const chat::Room& room, const chat::RoomScope& scope) {
  if (scope.whole_account || contains(scope.open_inboxes, room.inbox)) return true;
  if (room.assignees.empty()) return contains(scope.inboxes, room.inbox);
  return is_assigned(room, scope.viewer);
}

bool is_held(const chat::Room& room, const chat::RoomQuery& query) {
  switch (query.holder) {
    case chat::RoomHolder::anyone:
      return true;
    case chat::RoomHolder::viewer:
      return is_assigned(room, query.scope.viewer);
    case chat::RoomHolder::nobody:
      return room.assignees.empty();
  }
  return false;
}

bool is_in_inboxes(InboxId inbox, const chat::RoomQuery& query) {
  return !query.inboxes || contains(*query.inboxes, inbox);
}

// Where an inbox's index range is all that is asked for.
std::optional<InboxId> only_inbox(const chat::RoomQuery& query) {
  if (!query.inboxes || query.inboxes->size() != 1) return std::nullopt;
  return query.inboxes->front();
}

}  // namespace

Placement placement_of(const chat::Room& room) {
  Placement placement;
  placement.lists.push_back(room.assignees.empty() ? kUnassigned : kAssigned);
  for (const auto& assignee : room.assignees) placement.lists.push_back(assignee.agent.value);
  placement.inbox = room.inbox;
  placement.status = room.status;
  placement.priority = room.priority;
  placement.created_at = room.created_at;
  placement.updated_at = room.updated_at;
  if (room.status == chat::RoomStatus::open) placement.queued_at = room.queued_at;
  return placement;
}

bool is_listed(const chat::Room& room, const chat::RoomQuery& query) {
  return in_scope(room, query.scope) && is_held(room, query) &&
         (!query.status || *query.status == room.status) &&
         (!query.priority || *query.priority == room.priority) &&
         is_in_inboxes(room.inbox, query) && (!query.among || contains(*query.among, room.id)) &&
         (query.tag.empty() || contains(room.tags, query.tag));
}

void RoomLists::insert(AccountId account, RoomId room, const Placement& placement) {
  for (const auto list : placement.lists) add(account, room, placement.bucket(list), placement);
}

void RoomLists::move(AccountId account, RoomId room, const Placement& from, const Placement& to) {
  for (const auto list : from.lists) {
    const bool stays = contains(to.lists, list) && from.bucket(list) == to.bucket(list);
    if (!stays) remove(account, room, from.bucket(list), from);
  }
  for (const auto list : to.lists) {
    const auto bucket = to.bucket(list);
    if (!contains(from.lists, list) || from.bucket(list) != bucket) {
      add(account, room, bucket, to);
    } else if (from.updated_at != to.updated_at) {
      remove_update(account, room, bucket, from.updated_at);
      add_update(account, room, bucket, to.updated_at);
    }
  }
}

// A row is taken out and another put in: cheaper than an UPDATE of the key, by a fifth.
void RoomLists::add_update(AccountId account, RoomId room, const Bucket& bucket, Timestamp at) {
  db_.write("INSERT INTO room_by_update VALUES ($1, $2, $3, $4, $5, $6, $7)", account, bucket.list,
            bucket.inbox, bucket.status, bucket.priority, at, room);
}

void RoomLists::remove_update(AccountId account, RoomId room, const Bucket& bucket, Timestamp at) {
  db_.write(
      "DELETE FROM room_by_update WHERE account = $1 AND list = $2 AND inbox = $3"
      " AND status = $4 AND priority = $5 AND updated_at = $6 AND room = $7",
      account, bucket.list, bucket.inbox, bucket.status, bucket.priority, at, room);
}

void RoomLists::add(AccountId account, RoomId room, const Bucket& bucket,
                    const Placement& placement) {
  add_update(account, room, bucket, placement.updated_at);
  db_.write("INSERT INTO room_by_creation VALUES ($1, $2, $3, $4, $5, $6, $7)", account,
            bucket.list, bucket.inbox, bucket.status, bucket.priority, placement.created_at, room);
  counts_.add(account, bucket, 1);
}

void RoomLists::remove(AccountId account, RoomId room, const Bucket& bucket,
                       const Placement& placement) {
  remove_update(account, room, bucket, placement.updated_at);
  db_.write(
      "DELETE FROM room_by_creation WHERE account = $1 AND list = $2 AND inbox = $3"
      " AND status = $4 AND priority = $5 AND created_at = $6 AND room = $7",
      account, bucket.list, bucket.inbox, bucket.status, bucket.priority, placement.created_at,
      room);
  counts_.add(account, bucket, -1);
}

void RoomLists::add_buckets(AccountId account, std::int64_t list, std::optional<InboxId> inbox,
                            std::vector<CountedBucket>& to) {
  for (const auto& counted : counts_.of_list(account, list, inbox)) to.push_back(counted);
}

void RoomLists::add_all(AccountId account, std::optional<InboxId> inbox,
                        std::vector<CountedBucket>& to) {
  add_buckets(account, kAssigned, inbox, to);
  add_buckets(account, kUnassigned, inbox, to);
}

// No room is in two of them: open inboxes are taken whole, and left out of the other lists.
std::vector<CountedBucket> RoomLists::buckets_of(AccountId account, const chat::RoomScope& scope,
                                                 std::optional<InboxId> inbox) {
  std::vector<CountedBucket> buckets;
  if (scope.whole_account) {
    add_all(account, inbox, buckets);
    return buckets;
  }
  const auto wanted = [&](InboxId id) { return !inbox || *inbox == id; };
  if (scope.viewer) add_buckets(account, scope.viewer.value, inbox, buckets);
  std::erase_if(buckets, [&](const CountedBucket& counted) {
    return contains(scope.open_inboxes, counted.bucket.inbox);
  });
  for (const auto id : scope.inboxes)
    if (wanted(id) && !contains(scope.open_inboxes, id))
      add_buckets(account, kUnassigned, id, buckets);
  for (const auto id : scope.open_inboxes)
    if (wanted(id)) add_all(account, id, buckets);
  return buckets;
}

// A view takes fewer lists than the scope opens.
std::vector<CountedBucket> RoomLists::buckets_of(const chat::RoomQuery& query) {
  std::vector<CountedBucket> buckets;
  const auto inbox = only_inbox(query);
  switch (query.holder) {
    case chat::RoomHolder::anyone:
      return buckets_of(query.account, query.scope, inbox);
    case chat::RoomHolder::viewer:
      add_buckets(query.account, query.scope.viewer.value, inbox, buckets);
      return buckets;
    case chat::RoomHolder::nobody:
      if (query.scope.whole_account) {
        add_buckets(query.account, kUnassigned, inbox, buckets);
        return buckets;
      }
      for (const auto id : query.scope.inboxes)
        if (!inbox || *inbox == id) add_buckets(query.account, kUnassigned, id, buckets);
      return buckets;
  }
  return buckets;
}

std::vector<RoomId> RoomLists::page(const chat::RoomQuery& query, std::int64_t& total) {
  const auto limit = std::int64_t{std::max(query.limit, 0)};
  return range(query, (std::int64_t{std::max(query.page, 1)} - 1) * limit, limit, {}, total);
}

std::vector<RoomId> RoomLists::range(const chat::RoomQuery& query, std::int64_t offset,
                                     std::int64_t limit, const std::unordered_set<RoomId>& without,
                                     std::int64_t& total) {
  auto buckets = buckets_of(query);
  std::erase_if(buckets, [&](const CountedBucket& counted) {
    return !is_in_inboxes(counted.bucket.inbox, query) ||
           (query.status && *query.status != counted.bucket.status) ||
           (query.priority && *query.priority != counted.bucket.priority);
  });
  total = 0;
  for (const auto& counted : buckets) total += counted.rooms;
  if (offset >= total || limit == 0) return {};

  RoomMerge merge(db_, query.account, query.sort);
  for (const auto& counted : buckets) merge.add(counted.bucket);
  std::vector<RoomId> rooms;
  for (std::int64_t i = 0; i < offset + limit;) {
    const auto room = merge.next();
    if (!room) break;
    if (without.contains(*room)) continue;
    if (i++ >= offset) rooms.push_back(*room);
  }
  return rooms;
}

std::vector<RoomId> RoomLists::updated_since(AccountId account, const chat::RoomScope& scope,
                                             Timestamp since, int limit) {
  RoomMerge merge(db_, account, since);
  for (const auto& counted : buckets_of(account, scope, std::nullopt)) merge.add(counted.bucket);
  std::vector<RoomId> rooms;
  while (static_cast<int>(rooms.size()) < limit) {
    const auto room = merge.next();
    if (!room) break;
    rooms.push_back(*room);
  }
  return rooms;
}

}  // namespace parlor::store::sql
