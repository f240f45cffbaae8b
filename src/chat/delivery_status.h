// How far a message has come, derived from the other side's read markers.
#pragma once

#include <vector>

#include "chat/message.h"
#include "chat/room.h"

namespace parlor::chat {

enum class DeliveryStatus { sent, delivered, read };

// How far the furthest reader of each side has come in one room.
struct RoomProgress {
  std::int64_t contact_read = 0;
  std::int64_t contact_delivered = 0;
  std::int64_t team_read = 0;
  std::int64_t team_delivered = 0;
};

// `contact` is the room's conversation; every other reader is of the team.
RoomProgress progress_of(const std::vector<ReadMarker>& markers, ConversationId contact);
bool has_read(const std::vector<ReadMarker>& markers, ConversationId reader, std::int64_t seq);

// A note has no other side: it stays sent.
DeliveryStatus status_of(const Message& message, const RoomProgress& progress);

}  // namespace parlor::chat
