// Typing is a signal that nobody stores: who may send it in a room, and who sees it.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/event.h"
#include "chat/transaction.h"

namespace parlor::chat {

struct TypingSignal {
  std::vector<Audience> audiences;  // the other side, and the room's other agents
  RoomId room;
  bool is_student_chat = false;
  ConversationId customer;  // whose room it is
  ConversationId from;
  SenderKind kind = SenderKind::customer;
  std::string name;
};

// not_found, forbidden as access_room. Reads only.
Result<TypingSignal> may_signal_typing(Transaction& transaction, const Actor& actor, RoomId room);

}  // namespace parlor::chat
