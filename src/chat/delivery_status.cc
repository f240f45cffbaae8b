#include "chat/delivery_status.h"

#include <algorithm>

namespace parlor::chat {

RoomProgress progress_of(const std::vector<ReadMarker>& markers, ConversationId contact) {
  RoomProgress progress;
  for (const ReadMarker& marker : markers) {
    const bool of_contact = marker.reader == contact;
    auto& read = of_contact ? progress.contact_read : progress.team_read;
    auto& delivered = of_contact ? progress.contact_delivered : progress.team_delivered;
    read = std::max(read, marker.seq);
    delivered = std::max(delivered, marker.delivered_seq);
  }
  return progress;
}

bool has_read(const std::vector<ReadMarker>& markers, ConversationId reader, std::int64_t seq) {
  return std::ranges::any_of(markers, [&](const ReadMarker& marker) {
    return marker.reader == reader && marker.seq >= seq;
  });
}

DeliveryStatus status_of(const Message& message, const RoomProgress& progress) {
  if (message.type == MessageType::note) return DeliveryStatus::sent;
  const bool from_customer = message.sender == SenderKind::customer;
  const auto read = from_customer ? progress.team_read : progress.contact_read;
  const auto delivered = from_customer ? progress.team_delivered : progress.contact_delivered;
  if (message.seq <= read) return DeliveryStatus::read;
  if (message.seq <= delivered) return DeliveryStatus::delivered;
  return DeliveryStatus::sent;
}

}  // namespace parlor::chat
