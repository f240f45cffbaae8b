// How a room begins, whoever begins it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chat/transaction.h"

namespace parlor::chat {

struct RoomStart {
  const Contact& contact;
  const Inbox& inbox;
  std::string subject;
  std::vector<ConversationId> assignees;  // empty = it waits in the inbox's queue
  ConversationId by;
  std::optional<StudentChat> student = std::nullopt;  // a student's chat: the bot has it first
  bool bot_first = false;                             // another room that the bot has first
};

// Stores the room with its first change and announces it. The caller stores it again if it appends
// to it.
Room start_room(Transaction& transaction, RoomStart start);

}  // namespace parlor::chat
