#include "chat/viewing.h"

#include "chat/access.h"
#include "chat/audience.h"

namespace parlor::chat {

namespace {

constexpr std::int64_t kNoChange = 0;  // of the room

}  // namespace

Result<Ok> view_room(Transaction& transaction, const Actor& actor, const ViewRoom& input) {
  const auto access = access_room(transaction, actor, input.room);
  if (!access) return access.failure();
  if (auto team = require_team(actor); !team) return team.failure();
  const auto& [room, inbox] = *access;
  const RoomViewed viewed{actor.conversation, actor.name, input.is_open, input.connection};
  transaction.record(Event{team_of(room, inbox.visibility), room, kNoChange, viewed});
  return Ok{};
}

}  // namespace parlor::chat
