#include "chat/statistics.h"

namespace parlor::chat {

void DayCounts::merge(const DayCounts& other) {
  new_rooms += other.new_rooms;
  closed_rooms += other.closed_rooms;
  customer_messages += other.customer_messages;
  team_messages += other.team_messages;
  bot_answered += other.bot_answered;
  bot_escalated += other.bot_escalated;
  bot_resolved += other.bot_resolved;
  first_responses.merge(other.first_responses);
  waits.merge(other.waits);
}

}  // namespace parlor::chat
