// Appending to a room: the only code that takes a room's next seq.
//
// Each function takes the next seq and the next stamp, writes the row, and brings `room` up to it.
// The caller stores the room itself when it is done with it, once.
#pragma once

#include <memory>
#include <string>

#include "chat/actor.h"
#include "chat/message_draft.h"
#include "chat/transaction.h"

namespace parlor::chat {

Message append_message(Transaction& transaction, Room& room, const Actor& author,
                       const MessageDraft& draft);

// Of something that `room` already shows; `new_value` as RoomChange says. Answers the change's seq.
std::int64_t append_change(Transaction& transaction, Room& room, RoomChangeKind kind,
                           ConversationId by, std::string new_value);

// One event for each audience of the message.
void announce_message(Transaction& transaction, const Room& room, Visibility visibility,
                      const Message& message);

// To the team, and to the contact when the status changed.
void announce_change(Transaction& transaction, const Room& room, Visibility visibility,
                     RoomChangeKind kind, std::int64_t seq);

// For RoomUpdated: nothing also where tickets do not show what has changed.
std::shared_ptr<const Ticket> ticket_row_of(Transaction& transaction, const Room& room,
                                            RoomChangeKind kind);

// joinRoom, to `joiners` and to the contact.
void announce_room(Transaction& transaction, const Room& room, Audience joiners, std::int64_t seq);

}  // namespace parlor::chat
