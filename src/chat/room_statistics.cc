#include "chat/room_statistics.h"

#include "chat/dates.h"
#include "chat/waiting.h"

namespace parlor::chat {

namespace {

// For everybody, and for the agent whose work it was (0 = nobody's).
void add(Transaction& transaction, const Room& room, ConversationId agent, Timestamp at,
         const DayCounts& counts) {
  const StatisticsKey everybody{room.account, {}, room.inbox, day_of(at)};
  transaction.statistics().add(everybody, counts);
  if (!agent) return;
  auto one = everybody;
  one.agent = agent;
  transaction.statistics().add(one, counts);
}

}  // namespace

void count_in_statistics(Transaction& transaction, Room& room, const Message& message) {
  const auto answered = follow_wait(room, message);
  if (message.type == MessageType::note) return;
  DayCounts counts;
  const bool by_customer = message.sender == SenderKind::customer;
  (by_customer ? counts.customer_messages : counts.team_messages) = 1;
  if (answered) counts.waits.add(answered->wait_ms);
  if (answered && answered->is_first) counts.first_responses.add(answered->wait_ms);
  add(transaction, room, by_customer ? ConversationId{} : message.author, message.created_at,
      counts);
}

void count_in_statistics(Transaction& transaction, Room& room, const RoomChange& change) {
  const bool closed = change.kind == RoomChangeKind::status && room.status == RoomStatus::closed;
  // A student's chat that is over may change from resolved to closed.
  if (closed && room.closed_at != change.created_at) return;
  if (closed) drop_wait(room);
  if (!closed && change.kind != RoomChangeKind::created) return;
  DayCounts counts;
  (closed ? counts.closed_rooms : counts.new_rooms) = 1;
  const auto agent = change.by == room.conversation ? ConversationId{} : change.by;
  add(transaction, room, agent, change.created_at, counts);
}

}  // namespace parlor::chat
