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

}  // namespace

void assign_room(Transaction& transaction, Room& room, const Inbox& from, const Inbox& to,
                 const std::vector<ConversationId>& agents, ConversationId by) {
  const RoomStanding before = standing_of(room);
  const auto seen_before = onlookers(transaction, room, from.visibility);
  const auto assigned_before = room.assignees;
  room.inbox = to.id;
  set_assignees(room, agents, next_stamp(room, transaction.now()));
  const auto seq =
      append_change(transaction, room, RoomChangeKind::assignee, by, spell_assignees(room));

  announce_room(transaction, room, newcomers(room, assigned_before), seq);
  announce_change(transaction, room, to.visibility, RoomChangeKind::assignee, seq);
  follow_room(transaction, before, room, to);
  auto lost =
      losers(transaction, room.account, seen_before, onlookers(transaction, room, to.visibility));
  if (lost.empty()) return;
  transaction.record(Event{these_agents(room.account, std::move(lost)), room, seq, AccessLost{}});
}

}  // namespace parlor::chat
