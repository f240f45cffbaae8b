// Who is typing where, so that each "is typing" ends even when its client falls silent.
//
// Single-threaded: lives on the Publisher's thread. Bound: kMaxTyping entries; beyond it the oldest
// ends early.
#pragma once

#include <cstdint>
#include <list>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/clock.h"
#include "delivery/signal.h"

namespace parlor::delivery {

inline constexpr std::int64_t kTypingMs = 6'000;
inline constexpr std::size_t kMaxTyping = 100'000;

class TypingBoard {
 public:
  // What is to be told now: nothing when somebody who is known to type says so again.
  std::vector<Typing> put(Typing typing, Timestamp now);
  // The signals that end now.
  std::vector<Typing> expire(Timestamp now);
  std::optional<Timestamp> next_expiry() const;

 private:
  struct Entry {
    Typing typing;
    Timestamp ends_at;
  };
  struct Key {
    RoomId room;
    ConversationId from;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const noexcept {
      return std::hash<RoomId>{}(key.room) * 31 + std::hash<ConversationId>{}(key.from);
    }
  };
  using Order = std::list<Entry>;  // soonest end first: every entry lives equally long

  Typing end(Order::iterator entry);

  Order order_;
  std::unordered_map<Key, Order::iterator, KeyHash> by_key_;
};

}  // namespace parlor::delivery
