// Messages: sending them and reading a room's history.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/delivery_status.h"
#include "chat/message_draft.h"
#include "chat/responder.h"
#include "chat/transaction.h"

namespace parlor::chat {

struct NewRoom {
  ContactId contact;
  InboxId inbox;
};

struct SendAgentMessage {
  RoomId room;                      // unless new_room
  std::optional<NewRoom> new_room;  // creates the room first, its author the assignee
  MessageDraft message;
  std::string client_id;  // idempotency.h; empty = none
};

struct SendUserMessage {
  RoomId room;
  MessageDraft message;
  std::string client_id;
  BotInput bot = {};
};

struct MessageSent {
  Message message;
  DeliveryStatus status = DeliveryStatus::sent;
  bool repeated = false;  // the same write was done before; this is its answer
};

// For agents. A member of the inbox who answers an unassigned room becomes its assignee; a note
// does not answer.
Result<MessageSent> send_agent_message(Transaction& transaction, const Actor& actor,
                                       const SendAgentMessage& input);

// For contacts; no notes. The bot answers in the same transaction in the rooms that it has, and in
// those that it closed (bot_room.h); any other closed or pending room reopens, its assignees kept.
Result<MessageSent> send_user_message(Transaction& transaction, const Actor& actor,
                                      const SendUserMessage& input);

enum class Order { newest_first, oldest_first };

// Refs are messages of the room, exclusive.
//
//   neither      newest_first: the newest `limit`; oldest_first: the oldest
//   older_than   the newest `limit` older than it
//   newer_than   the oldest `limit` newer than it
//   both         between them, starting at the end that `order` names first
struct QueryMessages {
  RoomId room;
  std::optional<MessageId> older_than;  // upperRef
  std::optional<MessageId> newer_than;  // lowerRef
  std::optional<int> limit;             // default 20; above 100 means 100; below 1 is invalid
  Order order = Order::newest_first;    // of the answer
  std::string search;                   // empty = none
};

struct MessageView {
  Message message;
  DeliveryStatus status = DeliveryStatus::sent;
  bool mine = false;
};

struct MessagePage {
  Room room;
  std::vector<MessageView> messages;
  bool has_more = false;  // in the direction that the page runs
  // Set when the page reaches the room's newest message, which the reader has not read, and is no
  // search: reading it marks everything up to this message read (reading.h), in a write of its own.
  std::optional<MessageId> reads_up_to;
};

// For agents and contacts; contacts get no notes, and a note is no ref of theirs. not_found "Room
// not found", "Message not found" for a ref that is none of the room's.
Result<MessagePage> query_messages(Transaction& transaction, const Actor& actor,
                                   const QueryMessages& input);

}  // namespace parlor::chat
