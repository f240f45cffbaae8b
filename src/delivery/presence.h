// Which agents are here: whether they have a connection, or had one a moment ago.
//
//   (unknown) ── socket ──▶ here ── last socket gone ──▶ leaving ── kGrace ──▶ gone (forgotten)
//                             ▲                             │ socket
//                             └─────────────────────────────┘
//
// Memory only: a heartbeat, a second tab, a reconnection change nothing that anybody is told. Only
// the transitions to here and to gone leave it, to be made durable (chat/availability.h).
//
// Single-threaded: lives on the Publisher's thread; time is passed in. Bound: one entry for each
// agent who is connected, or expected.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "delivery/signal.h"

namespace parlor::delivery {

// What the presence object says: the agent has come, or is gone for good.
struct PresenceChange {
  AccountId account;
  ConversationId agent;
  bool is_here = false;
};

class Presence {
 public:
  explicit Presence(std::int64_t grace_ms) : grace_ms_(grace_ms) {}

  // What is to be told of it. Who is expected is gone after the grace, unless they come.
  std::optional<PresenceChange> put(const AgentSignal& signal, Timestamp now);
  // Who is gone now.
  std::vector<PresenceChange> expire(Timestamp now);
  std::optional<Timestamp> next_expiry() const;

 private:
  struct Entry {
    AccountId account;
    int sockets = 0;
    bool is_told = false;  // that they are here
    Timestamp leaves_at;   // 0 = stays
  };
  using Entries = std::unordered_map<ConversationId, Entry>;

  void leave_at(Entries::iterator entry, Timestamp at);
  void stay(Entries::iterator entry);

  std::int64_t grace_ms_;
  Entries entries_;
  std::set<std::pair<Timestamp, ConversationId>> leaving_;
};

}  // namespace parlor::delivery
