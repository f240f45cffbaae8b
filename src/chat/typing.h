// Typing is a signal that nobody stores: who may send it in a room, and who sees it.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "chat/access.h"
#include "chat/actor.h"
#include "chat/event.h"
#include "chat/transaction.h"

namespace parlor::chat {

struct TypingSignal {
  std::vector<Audience> audiences;  // the room's other agents; of an agent, the contact too
  RoomId room;
  bool is_student_chat = false;
  ConversationId customer;  // whose room it is
  ConversationId from;
  SenderKind kind = SenderKind::customer;
  std::string name;
  Person person;  // who it is, as tickets name them
};
// Of somebody who may see the room.
TypingSignal typing_signal(const Actor& actor, const AccessedRoom& access);
// The same after a change of who is on the room's team.
TypingSignal with_team(TypingSignal signal, Audience team);

// not_found, forbidden as access_room. Reads only.
Result<TypingSignal> may_signal_typing(Transaction& transaction, const Actor& actor, RoomId room);

}  // namespace parlor::chat
