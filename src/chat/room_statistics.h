// Counts what happens in rooms. Called by room_journal.h for everything that takes a seq, so that
// no use case has to think of it.
#pragma once

#include "chat/transaction.h"

namespace parlor::chat {

// The room's wait follows too (waiting.h).
void count_in_statistics(Transaction& transaction, Room& room, const Message& message);

// New and closed rooms; a closed room's customer waits no more.
void count_in_statistics(Transaction& transaction, Room& room, const RoomChange& change);

}  // namespace parlor::chat
