// Giving a room to agents, and telling everyone whom that concerns.
#pragma once

#include <vector>

#include "chat/transaction.h"

namespace parlor::chat {

// Replaces the room's assignees and moves it from its inbox to `to` (which may be the same).
// Records joinRoom for who is new to the room, updateRoom for who sees it now, and AccessLost for
// who does not any more; routing follows. The caller stores the room.
void assign_room(Transaction& transaction, Room& room, const Inbox& from, const Inbox& to,
                 const std::vector<ConversationId>& agents, ConversationId by);

}  // namespace parlor::chat
