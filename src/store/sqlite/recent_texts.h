// The texts of messages that were committed a moment ago, so that the indexer need not look each up
// again in the data: among millions of messages that is a third of its work.
//
// Only a short cut. Bounded by kMaxBytes: what does not fit, and what was written without an event,
// the indexer reads. Thread-safe.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/id.h"
#include "store/store.h"

namespace parlor::store {

class RecentTexts {
 public:
  static constexpr std::size_t kMaxBytes = 4 * 1024 * 1024;

  // The messages that these commits have posted.
  void add(const std::vector<FinishedJob>& committed);
  // The indexer's thread. Once; nothing if it is not here.
  std::optional<std::string> take(RoomId room, bool is_note, std::int64_t seq);
  // The indexer's thread. The index has caught up: nobody will ask for what is left.
  void clear();

 private:
  struct Key {
    RoomId room;
    std::int64_t place = 0;  // seq and kind: notes are counted apart
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const;
  };
  static Key key_of(RoomId room, bool is_note, std::int64_t seq);

  std::mutex mutex_;
  std::size_t bytes_ = 0;
  std::unordered_map<Key, std::string, Hash> texts_;
};

}  // namespace parlor::store
