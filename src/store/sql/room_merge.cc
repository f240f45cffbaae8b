#include "store/sql/room_merge.h"

#include <algorithm>
#include <tuple>

namespace parlor::store::sql {
namespace {

constexpr int kLargestChunk = 512;

#define BUCKET " WHERE account = $1 AND list = $2 AND inbox = $3 AND status = $4 AND priority = $5"

}  // namespace

// The heap's top is the greatest: the head with the greatest (rank, key, room) comes first. With
// the oldest first, key and room are stored negated.
bool RoomMerge::ComesLater::operator()(const Head& a, const Head& b) const {
  return std::tie(a.rank, a.entry.key, a.entry.room) < std::tie(b.rank, b.entry.key, b.entry.room);
}

void RoomMerge::add(const Bucket& bucket) {
  streams_.push_back({bucket, {}, 0, 8, false});
  push_head(streams_.size() - 1);
}

std::optional<RoomId> RoomMerge::next() {
  if (heads_.empty()) return std::nullopt;
  const auto head = heads_.top();
  heads_.pop();
  push_head(head.stream);
  return RoomId{oldest_first_ ? -head.entry.room : head.entry.room};
}

void RoomMerge::push_head(std::size_t index) {
  auto& stream = streams_[index];
  if (stream.at == stream.chunk.size()) {
    if (stream.ended) return;
    read_chunk(stream);
    if (stream.chunk.empty()) return;
  }
  auto entry = stream.chunk[stream.at++];
  if (oldest_first_) entry = {-entry.key, -entry.room};
  const auto rank = sort_ == chat::RoomSort::priority && !oldest_first_
                        ? static_cast<std::int64_t>(stream.bucket.priority)
                        : 0;
  heads_.push({rank, entry, index});
}

void RoomMerge::read_chunk(Stream& stream) {
  Entry last{oldest_first_ ? since_.ms : INT64_MAX, oldest_first_ ? -1 : INT64_MAX};
  if (!stream.chunk.empty()) last = stream.chunk.back();
  const auto read = [&](Sql sql) {
    return db_.read(sql, account_, stream.bucket.list, stream.bucket.inbox, stream.bucket.status,
                    stream.bucket.priority, last.key, last.room, stream.chunk_size);
  };
  auto rows = oldest_first_
                  ? read("SELECT updated_at, room FROM room_by_update" BUCKET
                         " AND (updated_at, room) > ($6, $7) ORDER BY updated_at, room LIMIT $8")
              : sort_ == chat::RoomSort::created_at
                  ? read("SELECT created_at, room FROM room_by_creation" BUCKET
                         " AND (created_at, room) < ($6, $7)"
                         " ORDER BY created_at DESC, room DESC LIMIT $8")
                  : read("SELECT updated_at, room FROM room_by_update" BUCKET
                         " AND (updated_at, room) < ($6, $7)"
                         " ORDER BY updated_at DESC, room DESC LIMIT $8");
  stream.chunk.clear();
  stream.at = 0;
  while (rows.next()) stream.chunk.push_back({rows.integer(0), rows.integer(1)});
  stream.ended = static_cast<int>(stream.chunk.size()) < stream.chunk_size;
  stream.chunk_size = std::min(stream.chunk_size * 4, kLargestChunk);
}

}  // namespace parlor::store::sql
