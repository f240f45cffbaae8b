// Agents see who else has a room open. Nothing of it is stored: it goes through a transaction so
// that it is told in its place among the changes of who may see the room.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/transaction.h"

namespace parlor::chat {

struct ViewRoom {
  RoomId room;
  bool is_open = false;
  std::uint64_t connection = 0;  // on which of the agent's connections, see RoomViewed
};

// not_found, forbidden as access_room; forbidden for contacts.
Result<Ok> view_room(Transaction& transaction, const Actor& actor, const ViewRoom& input);

}  // namespace parlor::chat
