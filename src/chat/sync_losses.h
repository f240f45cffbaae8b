// The rooms that an agent lost while it was away: what a sync tells beside the changes of the rooms
// that it may see. Admins and contacts lose none.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "chat/sync.h"

namespace parlor::chat {

inline constexpr std::size_t kLossesAtOnce = 50;

struct Losses {
  std::vector<SyncChange> changes;  // RoomLost, oldest first, one a room
  std::optional<Timestamp> up_to;   // there are later ones than these
};

// Of `scope`, the actor's own. More than kLossesAtOnce only when as many share one millisecond.
Losses losses_since(Transaction& transaction, const Actor& actor, const RoomScope& scope,
                    Timestamp since);

}  // namespace parlor::chat
