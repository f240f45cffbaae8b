#include "chat/routing_rules.h"

#include <algorithm>
#include <tuple>

namespace parlor::chat {

namespace {

// Members of whom each is served before the next.
bool comes_before(const RoutingCandidate& a, const RoutingCandidate& b, ConversationId last) {
  return std::tuple(a.agent <= last, a.agent) < std::tuple(b.agent <= last, b.agent);
}

bool is_freer(const RoutingCandidate& a, const RoutingCandidate& b) {
  return std::tie(a.open_rooms, a.last_assigned_at, a.agent) <
         std::tie(b.open_rooms, b.last_assigned_at, b.agent);
}

}  // namespace

bool is_eligible(const RoutingCandidate& member) {
  return member.has_seat && member.availability == Availability::active &&
         member.open_rooms < member.capacity;
}

std::optional<ConversationId> decide_next_assignee(RoutingAlgorithm algorithm,
                                                   const std::vector<RoutingCandidate>& members,
                                                   ConversationId last_served) {
  if (algorithm == RoutingAlgorithm::manual) return std::nullopt;
  const RoutingCandidate* best = nullptr;
  for (const RoutingCandidate& member : members) {
    if (!is_eligible(member)) continue;
    const bool better = !best || (algorithm == RoutingAlgorithm::round_robin
                                      ? comes_before(member, *best, last_served)
                                      : is_freer(member, *best));
    if (better) best = &member;
  }
  if (!best) return std::nullopt;
  return best->agent;
}

Availability availability_of(const AgentPresence& presence) {
  return presence.pinned || presence.present ? presence.chosen : Availability::away;
}

bool is_unanswered(const Room& room) {
  return room.last_public_message && room.last_public_message->sender == SenderKind::customer;
}

std::optional<Timestamp> due_for_return(const Room& room,
                                        const std::vector<AssigneeStanding>& assignees,
                                        std::int64_t return_after_ms) {
  if (room.status != RoomStatus::open || assignees.empty() || !is_unanswered(room)) {
    return std::nullopt;
  }
  Timestamp unattended_since;
  for (const AssigneeStanding& assignee : assignees) {
    if (assignee.availability == Availability::active) return std::nullopt;
    unattended_since = std::max({unattended_since, assignee.since, assignee.assigned_at});
  }
  return unattended_since + return_after_ms;
}

void wait_ahead(Room& room) {
  if (room.queued_at != Timestamp{}) room.queued_at = room.created_at;
}

}  // namespace parlor::chat
