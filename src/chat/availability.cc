#include "chat/availability.h"

#include <utility>

#include "chat/access.h"
#include "chat/routing.h"

namespace parlor::chat {

namespace {

// Stores the presence and the availability that follows from it.
AgentAvailability keep(Transaction& transaction, const Agent& before, AgentPresence presence) {
  Agent after = before;
  after.availability = availability_of(presence);
  const bool has_changed = after.availability != before.availability;
  if (has_changed) presence.since = transaction.now();
  transaction.routing().set_presence(after.account, after.conversation, presence);
  if (has_changed) {
    transaction.agents().update(after);
    follow_agent(transaction, before, after);
  }
  return AgentAvailability{std::move(after), presence};
}

}  // namespace

Result<AgentAvailability> set_availability(Transaction& transaction, const Actor& actor,
                                           const SetAvailability& input) {
  if (auto team = require_team(actor); !team) return team.failure();
  const auto agent = transaction.agents().find_by_conversation(actor.account, actor.conversation);
  if (!agent) return fail(ErrorCode::not_found, "Agent not found");
  AgentPresence presence = transaction.routing().presence(actor.account, actor.conversation);
  presence.chosen = input.status;
  presence.pinned = input.pinned.value_or(presence.pinned);
  presence.present = true;
  expect_agent(transaction, *agent);
  return keep(transaction, *agent, presence);
}

Result<Ok> note_presence(Transaction& transaction,
                         const std::vector<PresenceTransition>& transitions) {
  for (const PresenceTransition& transition : transitions) {
    const auto agent =
        transaction.agents().find_by_conversation(transition.account, transition.agent);
    if (!agent) continue;
    AgentPresence presence = transaction.routing().presence(transition.account, transition.agent);
    if (presence.present == transition.is_here) continue;
    presence.present = transition.is_here;
    keep(transaction, *agent, presence);
  }
  return Ok{};
}

void expect_agent(Transaction& transaction, const Agent& agent) {
  Event event;
  event.audience.account = agent.account;
  event.body = AgentExpected{agent.conversation};
  transaction.record(std::move(event));
}

}  // namespace parlor::chat
