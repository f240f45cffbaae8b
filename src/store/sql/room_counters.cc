#include "store/sql/room_counters.h"

#include "store/sql/room_lists.h"

namespace parlor::store::sql {
namespace {

// Rows of (status, rooms).
chat::RoomCounts sum(Rows rows) {
  chat::RoomCounts counts;
  while (rows.next()) {
    const auto status = rows.get<chat::RoomStatus>(0);
    const auto rooms = rows.integer(1);
    switch (status) {
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

}  // namespace

chat::RoomCounts SqlRoomCounters::of_list(AccountId account, std::int64_t list) {
  return sum(db_.read("SELECT status, rooms FROM room_count WHERE account = $1 AND list = $2",
                      account, list));
}

chat::RoomCounts SqlRoomCounters::of_account(AccountId account) {
  return of_list(account, kAllRooms);
}

chat::RoomCounts SqlRoomCounters::assigned_to(AccountId account, ConversationId agent) {
  return of_list(account, agent.value);
}

chat::RoomCounts SqlRoomCounters::unassigned(AccountId account) {
  return of_list(account, kUnassigned);
}

chat::RoomCounts SqlRoomCounters::of_inbox(AccountId account, InboxId inbox) {
  return sum(
      db_.read("SELECT status, rooms FROM room_count"
               " WHERE account = $1 AND list = $2 AND inbox = $3",
               account, kAllRooms, inbox));
}

}  // namespace parlor::store::sql
