// What changed since a client last looked: for clients that were away.
//
// Never a gap. A change may come twice when more rooms than a cursor remembers changed within a
// second, and the loss of a room is told to whoever asks within a minute of it, again too; clients
// drop what they have by (room, seq). Rooms lost with an inbox's membership are not told: the
// sockets end, and the client reads its lists anew. Reads only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/sync_cursor.h"
#include "chat/transaction.h"

namespace parlor::chat {

// The agent may not see the room any more, since this change of its assignees.
struct RoomLost {
  RoomChange change;
};

struct SyncChange {
  RoomId room;
  std::int64_t seq = 0;
  Timestamp at;
  std::variant<Message, RoomChange, RoomLost> what;
};

struct SyncPage {
  std::vector<SyncChange> changes;  // by time; those of one room by seq
  SyncCursor cursor;                // for the next call
  bool more = false;                // call again at once
};

inline constexpr int kSyncPageChanges = 100;

// Without a cursor: no changes, and the cursor of now. Contacts get no notes, and of the changes
// that are no message only `created` and `status`.
Result<SyncPage> sync(Transaction& transaction, const Actor& actor,
                      const std::optional<SyncCursor>& cursor);

}  // namespace parlor::chat
