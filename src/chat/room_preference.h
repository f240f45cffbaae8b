// What one agent has set about one room for itself alone, and where that is kept.
//
// It is no change of the room: it takes no seq, and nobody else learns of it.
#pragma once

#include <optional>
#include <vector>

#include "base/clock.h"
#include "base/id.h"

namespace parlor::chat {

struct RoomPreference {
  RoomId room;
  ConversationId agent;
  bool is_favorite = false;
  Timestamp snoozed_until;  // 0 = never snoozed, or awake again

  friend bool operator==(const RoomPreference&, const RoomPreference&) = default;
};

// At most so many of each for one agent (preferences.h), which bounds every list here.
inline constexpr int kMaxFavorites = 500;
inline constexpr int kMaxSnoozed = 500;

struct DueSnooze {
  AccountId account;
  RoomPreference preference;
};

class RoomPreferences {
 public:
  virtual ~RoomPreferences() = default;
  // With nothing set when there is no such row.
  virtual RoomPreference find(AccountId, RoomId, ConversationId agent) = 0;
  virtual void put(AccountId, const RoomPreference&) = 0;
  virtual std::vector<RoomId> favorites(AccountId, ConversationId agent) = 0;
  // Until later than `now`.
  virtual std::vector<RoomId> snoozed(AccountId, ConversationId agent, Timestamp now) = 0;
  // The agents who have snoozed the room until later than `now`; at most 1,000.
  virtual std::vector<ConversationId> snoozing(AccountId, RoomId, Timestamp now) = 0;
  // Of every account: the snoozes that end up to and with `at`, the earliest first.
  virtual std::vector<DueSnooze> due(Timestamp at, int limit) = 0;
  // When the next one ends, of any account.
  virtual std::optional<Timestamp> next_due() = 0;
};

}  // namespace parlor::chat
