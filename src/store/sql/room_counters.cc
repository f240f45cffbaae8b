#include "store/sql/room_counters.h"

namespace parlor::store::sql {

chat::RoomCounts SqlRoomCounters::of_all(AccountId account, std::optional<InboxId> inbox) {
  auto counts = of_list(account, kAssigned, inbox);
  const auto unassigned = of_list(account, kUnassigned, inbox);
  counts.open += unassigned.open;
  counts.pending += unassigned.pending;
  counts.closed += unassigned.closed;
  return counts;
}

chat::RoomCounts SqlRoomCounters::of_list(AccountId account, std::int64_t list,
                                          std::optional<InboxId> inbox) {
  chat::RoomCounts counts;
  for (const auto& [bucket, rooms] : counts_.of_list(account, list, inbox)) {
    switch (bucket.status) {
      case chat::RoomStatus::open:
        counts.open += rooms;
        break;
      case chat::RoomStatus::pending:
        counts.pending += rooms;
        break;
      case chat::RoomStatus::closed:
        counts.closed += rooms;
        break;
    }
  }
  return counts;
}

chat::RoomCounts SqlRoomCounters::of_account(AccountId account) { return of_all(account); }

chat::RoomCounts SqlRoomCounters::assigned_to(AccountId account, ConversationId agent) {
  return of_list(account, agent.value);
}

chat::RoomCounts SqlRoomCounters::unassigned(AccountId account) {
  return of_list(account, kUnassigned);
}

chat::RoomCounts SqlRoomCounters::of_inbox(AccountId account, InboxId inbox) {
  return of_all(account, inbox);
}

}  // namespace parlor::store::sql
