#include "store/sql/bucket_counts.h"

#include <algorithm>

namespace parlor::store::sql {

void BucketCounts::add(AccountId account, const Bucket& bucket, int change) {
  gather({account, bucket}, change);
}

void BucketCounts::write() {
  write_gathered([&](const BucketKey& key, std::int64_t change) {
    if (change == 0) return;
    const auto& bucket = key.bucket;
    db_.write(
        "INSERT INTO room_count (account, list, inbox, status, priority, rooms)"
        " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO UPDATE SET rooms = rooms + $6",
        key.account, bucket.list, bucket.inbox, bucket.status, bucket.priority, change);
  });
}

std::vector<CountedBucket> BucketCounts::of_list(AccountId account, std::int64_t list,
                                                 std::optional<InboxId> inbox) {
  std::vector<CountedBucket> buckets;
  auto rows = inbox ? db_.read(
                          "SELECT inbox, status, priority, rooms FROM room_count"
                          " WHERE account = $1 AND list = $2 AND inbox = $3",
                          account, list, *inbox)
                    : db_.read(
                          "SELECT inbox, status, priority, rooms FROM room_count"
                          " WHERE account = $1 AND list = $2",
                          account, list);
  while (rows.next()) {
    auto& counted = buckets.emplace_back();
    counted.bucket.list = list;
    rows.read(std::tie(counted.bucket.inbox, counted.bucket.status, counted.bucket.priority,
                       counted.rooms));
  }
  each_gathered([&](const BucketKey& key, std::int64_t change) {
    if (key.account != account || key.bucket.list != list) return;
    if (inbox && key.bucket.inbox != *inbox) return;
    const auto same =
        std::find_if(buckets.begin(), buckets.end(),
                     [&](const CountedBucket& counted) { return counted.bucket == key.bucket; });
    if (same == buckets.end())
      buckets.push_back({key.bucket, change});
    else
      same->rooms += change;
  });
  std::erase_if(buckets, [](const CountedBucket& counted) { return counted.rooms <= 0; });
  return buckets;
}

}  // namespace parlor::store::sql
