#include "chat/unread.h"

#include <algorithm>

namespace parlor::chat {

std::int64_t counted_for(ActorKind reader, const Room& room) {
  return reader == ActorKind::contact ? room.team_count : room.customer_count;
}

std::int64_t counted_for(ActorKind reader, const Message& message) {
  return reader == ActorKind::contact ? message.team_count : message.customer_count;
}

std::int64_t unread_of(ActorKind reader, const Room& room,
                       const std::optional<ReadMarker>& marker) {
  const std::int64_t read = marker ? marker->counted : 0;
  return std::max<std::int64_t>(0, counted_for(reader, room) - read);
}

}  // namespace parlor::chat
