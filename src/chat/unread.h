// Unread is arithmetic: the room's running count of the other side's messages, less the count at
// the reader's marker.
#pragma once

#include <optional>

#include "chat/actor.h"
#include "chat/room.h"

namespace parlor::chat {

// Messages that count for this kind of reader: a customer's for the team, the team's (notes
// excluded) for a contact.
std::int64_t counted_for(ActorKind reader, const Room& room);
std::int64_t counted_for(ActorKind reader, const Message& message);  // up to and with the message

std::int64_t unread_of(ActorKind reader, const Room& room, const std::optional<ReadMarker>& marker);

}  // namespace parlor::chat
