// What routing needs to know of all rooms, kept as rooms change so that nobody ever counts:
//
//   room_queue  (account, inbox, queued_at, room)   open rooms without an assignee
//   held_room   (account, agent, room)              an assignee's rooms until they are closed
//   agent_load  (account, agent) -> open rooms, when the agent got the newest
//
// A message changes none of them.
#pragma once

#include "store/sql/room_lists.h"

namespace parlor::store::sql {

class RoutingLists {
 public:
  explicit RoutingLists(Connection& db) : db_(db) {}

  void insert(AccountId account, RoomId room, const Placement& placement);
  void move(AccountId account, RoomId room, const Placement& from, const Placement& to);

 private:
  void move_queue(AccountId account, RoomId room, const Placement& from, const Placement& to);
  void hold(AccountId account, std::int64_t agent, RoomId room);
  void let_go(AccountId account, std::int64_t agent, RoomId room);
  void load(AccountId account, std::int64_t agent, int change, Timestamp assigned_at);

  Connection& db_;
};

}  // namespace parlor::store::sql
