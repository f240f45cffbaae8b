// Read markers: how far each reader has come. They only grow.
#pragma once

#include "base/result.h"
#include "chat/actor.h"
#include "chat/transaction.h"

namespace parlor::chat {

struct ReachMessage {
  RoomId room;
  MessageId message;  // 0 = the newest that the reader may see
};

struct MarkerMoved {
  ReadMarker marker;
  bool moved = false;  // false: it was there already, nothing was written
};

// Everything up to the message is read; the other side is told when that includes a message of
// theirs. not_found, forbidden as access_room; not_found "Message not found".
Result<MarkerMoved> mark_read(Transaction& transaction, const Actor& actor,
                              const ReachMessage& input);

// Everything up to the message has reached one of the reader's devices. Tells nobody.
Result<MarkerMoved> mark_delivered(Transaction& transaction, const Actor& actor,
                                   const ReachMessage& input);

}  // namespace parlor::chat
