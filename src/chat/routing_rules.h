// Who gets the next room, and when a room is taken back: pure functions over values.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "chat/agent.h"
#include "chat/inbox.h"
#include "chat/room.h"

namespace parlor::chat {

// A member of an inbox, as routing sees it.
struct RoutingCandidate {
  ConversationId agent;
  bool has_seat = true;  // and works here still
  Availability availability = Availability::active;
  int capacity = 0;
  std::int64_t open_rooms = 0;  // assigned to them, in every inbox
  Timestamp last_assigned_at;   // 0 = never
};

// Has a seat, is active and has room for one more.
bool is_eligible(const RoutingCandidate& member);

// Whom the inbox's next room goes to; nobody where people assign by hand, and when nobody is
// eligible.
//
//   round_robin  the next eligible member after `last_served`, in the order of their ids, around
//   load_based   the fewest open rooms; then who was assigned longest ago; then the smallest id
//
// `last_served` need not be a member any more. Members come in any order.
std::optional<ConversationId> decide_next_assignee(RoutingAlgorithm algorithm,
                                                   const std::vector<RoutingCandidate>& members,
                                                   ConversationId last_served);

// What an agent's availability comes from: their choice, and whether they have a connection. Who
// pins the choice is taken at their word; anybody else is away while there is no connection.
struct AgentPresence {
  Availability chosen = Availability::active;
  bool pinned = false;
  bool present = true;  // has a connection, or had one a moment ago
  Timestamp since;      // when the availability that follows last changed; 0 = never
};

Availability availability_of(const AgentPresence& presence);

// The newest message that the customer sees is their own.
bool is_unanswered(const Room& room);

// One assignee of a room, as far as they can answer.
struct AssigneeStanding {
  Timestamp assigned_at;
  Availability availability = Availability::active;
  Timestamp since;
};

// When the room goes back to the queue if nothing changes: `return_after_ms` after the last of its
// assignees went away, or got the room while away. Nothing while it is not open, is answered, or
// somebody could answer.
std::optional<Timestamp> due_for_return(const Room& room,
                                        const std::vector<AssigneeStanding>& assignees,
                                        std::int64_t return_after_ms);

// A room that was taken from its assignees waits ahead of every newer one.
void wait_ahead(Room& room);

}  // namespace parlor::chat
