// Favourites and snoozes: an agent's own view of a room.
//
// While an agent has snoozed a room, new messages of colleagues there are not told to its sockets
// (audience.h); everything else is, so that its lists stay right, and GET /sync leaves nothing out.
// The customer's next message wakes the room, and so does its time: the agent's sockets are told.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/room.h"
#include "chat/transaction.h"

namespace parlor::chat {

struct ToggleFavorite {
  RoomId room;
  std::string client_id;
};
// For agents who may enter the room. conflict: the agent has kMaxFavorites already.
Result<RoomPreference> toggle_favorite(Transaction& transaction, const Actor& actor,
                                       const ToggleFavorite& input);

inline constexpr std::int64_t kLatestTimeMs = 8'640'000'000'000'000;  // of a Date in JavaScript

struct SnoozeRoom {
  RoomId room;
  std::int64_t time_ms = 0;  // since 1970; 0 wakes; a time in the past has no effect
};
// For agents who may enter the room. invalid: a time that is none; conflict: the agent has
// kMaxSnoozed already.
Result<RoomPreference> snooze_room(Transaction& transaction, const Actor& actor,
                                   const SnoozeRoom& input);

// A customer has written: whoever snoozed the room is awake for it again.
void wake_room(Transaction& transaction, const Room& room);

inline constexpr int kWokenAtOnce = 100;

// Wakes rooms whose time has come, at most kWokenAtOnce. Answers when to call again: at once if
// there are more, never without a snooze.
std::optional<Timestamp> wake_due_rooms(Transaction& transaction);

}  // namespace parlor::chat
