// Merges buckets of rooms (see room_lists.h) into one order, reading of each bucket only as much as
// the merge asks for: a few rows at first, more each time.
#pragma once

#include <cstdint>
#include <optional>
#include <queue>
#include <vector>

#include "chat/transaction.h"
#include "store/sql/connection.h"
#include "store/sql/room_lists.h"

namespace parlor::store::sql {

class RoomMerge {
 public:
  // Newest first, or the most urgent first and of those the newest.
  RoomMerge(Connection& db, AccountId account, chat::RoomSort sort)
      : db_(db), account_(account), sort_(sort) {}
  // By update, those since `since`, oldest first.
  RoomMerge(Connection& db, AccountId account, Timestamp since)
      : db_(db), account_(account), oldest_first_(true), since_(since) {}

  void add(const Bucket& bucket);
  std::optional<RoomId> next();

 private:
  struct Entry {
    std::int64_t key = 0;  // the time that orders the bucket
    std::int64_t room = 0;
  };
  struct Stream {
    Bucket bucket;
    std::vector<Entry> chunk;
    std::size_t at = 0;
    int chunk_size = 8;
    bool ended = false;
  };
  struct Head {
    std::int64_t rank = 0;
    Entry entry;
    std::size_t stream = 0;
  };
  struct ComesLater {
    bool operator()(const Head& a, const Head& b) const;
  };

  void push_head(std::size_t stream);
  void read_chunk(Stream& stream);

  Connection& db_;
  AccountId account_;
  chat::RoomSort sort_ = chat::RoomSort::updated_at;
  bool oldest_first_ = false;
  Timestamp since_;
  std::vector<Stream> streams_;
  std::priority_queue<Head, std::vector<Head>, ComesLater> heads_;
};

}  // namespace parlor::store::sql
