#include "store/sql/routing_lists.h"

#include <algorithm>

namespace parlor::store::sql {
namespace {

bool is_assigned(const Placement& placement, std::int64_t agent) {
  return std::find(placement.lists.begin(), placement.lists.end(), agent) != placement.lists.end();
}

bool holds(const Placement& placement, std::int64_t agent) {
  return placement.status != chat::RoomStatus::closed && is_assigned(placement, agent);
}

int load_of(const Placement& placement, std::int64_t agent) {
  return placement.status == chat::RoomStatus::open && is_assigned(placement, agent) ? 1 : 0;
}

}  // namespace

void RoutingLists::insert(AccountId account, RoomId room, const Placement& placement) {
  move(account, room, Placement{}, placement);
}

void RoutingLists::move(AccountId account, RoomId room, const Placement& from,
                        const Placement& to) {
  move_queue(account, room, from, to);
  if (from.lists == to.lists && from.status == to.status) return;
  auto agents = from.lists;
  for (const auto list : to.lists)
    if (!is_assigned(from, list)) agents.push_back(list);
  for (const auto agent : agents) {
    if (agent <= 0) continue;  // a list that is nobody's
    if (holds(from, agent) && !holds(to, agent)) let_go(account, agent, room);
    if (!holds(from, agent) && holds(to, agent)) hold(account, agent, room);
    const bool is_new = is_assigned(to, agent) && !is_assigned(from, agent);
    const int change = load_of(to, agent) - load_of(from, agent);
    if (change != 0 || is_new) load(account, agent, change, is_new ? to.updated_at : Timestamp{});
  }
}

void RoutingLists::move_queue(AccountId account, RoomId room, const Placement& from,
                              const Placement& to) {
  if (from.queued_at == to.queued_at && from.inbox == to.inbox) return;
  if (from.queued_at.ms != 0)
    db_.write(
        "DELETE FROM room_queue WHERE account = $1 AND inbox = $2 AND queued_at = $3 AND room = $4",
        account, from.inbox, from.queued_at, room);
  if (to.queued_at.ms != 0)
    db_.write("INSERT INTO room_queue (account, inbox, queued_at, room) VALUES ($1, $2, $3, $4)",
              account, to.inbox, to.queued_at, room);
}

void RoutingLists::hold(AccountId account, std::int64_t agent, RoomId room) {
  db_.write("INSERT INTO held_room (account, agent, room) VALUES ($1, $2, $3)", account, agent,
            room);
}

void RoutingLists::let_go(AccountId account, std::int64_t agent, RoomId room) {
  db_.write("DELETE FROM held_room WHERE account = $1 AND agent = $2 AND room = $3", account, agent,
            room);
}

void RoutingLists::load(AccountId account, std::int64_t agent, int change, Timestamp assigned_at) {
  db_.write(
      "INSERT INTO agent_load (account, agent, open_rooms, last_assigned_at)"
      " VALUES ($1, $2, $3, $4) ON CONFLICT DO UPDATE SET open_rooms = open_rooms + $3,"
      " last_assigned_at = max(last_assigned_at, $4)",
      account, agent, change, assigned_at);
}

}  // namespace parlor::store::sql
