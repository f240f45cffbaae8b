// Whether agents can be given rooms: what they choose, and whether they are there.
//
// Presence itself is memory (delivery/presence.h); here its transitions become durable, and routing
// follows them.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "chat/actor.h"
#include "chat/transaction.h"

namespace parlor::chat {

struct SetAvailability {
  Availability status = Availability::active;
  std::optional<bool> pinned;  // absent = as before
};
struct AgentAvailability {
  Agent agent;
  AgentPresence presence;
};
// The caller's own; for agents. Who says so is there: without a connection they count as away again
// after the usual time, unless pinned.
Result<AgentAvailability> set_availability(Transaction& transaction, const Actor& actor,
                                           const SetAvailability& input);

// How many transitions go into one transaction.
inline constexpr std::size_t kTransitionsAtOnce = 50;

struct PresenceTransition {
  AccountId account;
  ConversationId agent;
  bool is_here = false;
};
// From the presence object; at most kTransitionsAtOnce. Agents that are no more are passed over.
Result<Ok> note_presence(Transaction& transaction,
                         const std::vector<PresenceTransition>& transitions);

// Tells the presence object of somebody who is active, for it to see whether they come.
void expect_agent(Transaction& transaction, const Agent& agent);

}  // namespace parlor::chat
