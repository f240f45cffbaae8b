#include "chat/assignment.h"

#include <algorithm>

#include "chat/access.h"
#include "chat/audience.h"
#include "chat/room_journal.h"
#include "chat/room_rules.h"
#include "chat/routing.h"

namespace parlor::chat {

namespace {

bool contains(const std::vector<ConversationId>& agents, ConversationId agent) {
  return std::find(agents.begin(), agents.end(), agent) != agents.end();
}

// Who sees the room without being an admin.
std::vector<ConversationId> onlookers(Transaction& transaction, const Room& room,
                                      Visibility visibility) {
  std::vector<ConversationId> agents;
  if (open_to_members(room, visibility)) {
    agents = transaction.inboxes().members(room.account, room.inbox);
  }
  for (const Assignee& assignee : room.assignees) {
    if (!contains(agents, assignee.agent)) agents.push_back(assignee.agent);
  }
  return agents;
}

// Those of `before` who are not in `after`. Admins see every room and lose none.
std::vector<ConversationId> losers(Transaction& transaction, AccountId account,
                                   const std::vector<ConversationId>& before,
                                   const std::vector<ConversationId>& after) {
  std::vector<ConversationId> lost;
  for (const ConversationId id : before) {
    if (contains(after, id)) continue;
    const auto agent = transaction.agents().find_by_conversation(account, id);
    if (agent && agent->role != AgentRole::admin) lost.push_back(id);
  }
  return lost;
}

// The assignees who were none before; the queue when there is no assignee.
Audience newcomers(const Room& room, const std::vector<Assignee>& before) {
  Audience audience = joiners_of(room);
  std::erase_if(audience.agents, [&](ConversationId agent) {
    return std::any_of(before.begin(), before.end(),
                       [&](const Assignee& assignee) { return assignee.agent == agent; });
  });
  return audience;
}

// Whose lists hold the room, as RoomDeparture names them.
std::vector<std::int64_t> holders(const Room& room, Visibility visibility) {
  std::vector<std::int64_t> ids;
  for (const Assignee& assignee : room.assignees) ids.push_back(assignee.agent.value);
  if (open_to_members(room, visibility)) ids.push_back(room.inbox.value);
  return ids;
}

void keep_departures(Transaction& transaction, const Room& room, std::int64_t seq,
                     const std::vector<std::int64_t>& before,
                     const std::vector<std::int64_t>& after) {
  for (const std::int64_t holder : before) {
    if (std::find(after.begin(), after.end(), holder) != after.end()) continue;
    transaction.room_departures().insert(room.account, {holder, room.id, seq, room.last_stamp});
  }
}

}  // namespace

void assign_room(Transaction& transaction, Room& room, const Inbox& from, const Inbox& to,
                 const std::vector<ConversationId>& agents, ConversationId by) {
  const RoomStanding before = standing_of(room);
  const auto seen_before = onlookers(transaction, room, from.visibility);
  const auto assigned_before = room.assignees;
  const auto held_before = holders(room, from.visibility);
  room.inbox = to.id;
  set_assignees(room, agents, next_stamp(room, transaction.now()));
  const auto seq =
      append_change(transaction, room, RoomChangeKind::assignee, by, spell_assignees(room));

  keep_departures(transaction, room, seq, held_before, holders(room, to.visibility));
  announce_room(transaction, room, newcomers(room, assigned_before), seq);
  announce_change(transaction, room, to.visibility, RoomChangeKind::assignee, seq);
  follow_room(transaction, before, room, to);
  auto lost =
      losers(transaction, room.account, seen_before, onlookers(transaction, room, to.visibility));
  if (lost.empty()) return;
  transaction.record(Event{these_agents(room.account, std::move(lost)), room, seq, AccessLost{}});
}

}  // namespace parlor::chat
