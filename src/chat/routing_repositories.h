// What routing reads and keeps: the part of the transaction (transaction.h) that is its own.
#pragma once

#include <optional>
#include <vector>

#include "chat/routing_rules.h"

namespace parlor::chat {

struct QueuedRoom {
  RoomId room;
  InboxId inbox;
  Timestamp queued_at;
};

struct PresentAgent {
  AccountId account;
  ConversationId agent;
};

class Routing {
 public:
  virtual ~Routing() = default;
  virtual std::vector<RoutingCandidate> candidates(AccountId, InboxId) = 0;  // at most 1,000
  virtual std::optional<RoutingCandidate> candidate(AccountId, ConversationId agent) = 0;
  // Whom round robin served last; 0 = nobody yet.
  virtual ConversationId last_served(AccountId, InboxId) = 0;
  virtual void set_last_served(AccountId, InboxId, ConversationId agent) = 0;

  // The room that has waited longest for an assignee.
  virtual std::optional<QueuedRoom> oldest_queued(AccountId, InboxId) = 0;
  // The agent's inboxes that route by themselves and have rooms waiting; at most 1,000.
  virtual std::vector<InboxId> waiting_inboxes_of(AccountId, ConversationId agent) = 0;
  // Rooms assigned to the agent and not closed, in the order of their ids, from behind `after`.
  virtual std::vector<RoomId> held_by(AccountId, ConversationId agent, RoomId after, int limit) = 0;

  // When the agent was last removed from the inbox; 0 = never, or a member again.
  virtual Timestamp left_at(AccountId, InboxId, ConversationId agent) = 0;
  virtual void set_left_at(AccountId, InboxId, ConversationId agent, Timestamp) = 0;

  virtual AgentPresence presence(AccountId, ConversationId agent) = 0;
  virtual void set_presence(AccountId, ConversationId agent, const AgentPresence&) = 0;
  // Agents of every account who are active without having pinned it, from behind `after`.
  virtual std::vector<PresentAgent> present_agents(PresentAgent after, int limit) = 0;
};

// Work that is left for later, so that no transaction writes too much, and that a restart does not
// lose:
//
//   serve_agent        the agent may have room for more: queued rooms of their inboxes
//   serve_inbox        rooms of the inbox wait, and somebody may have room for them
//   return_unanswered  the agent is away: rooms whose customers wait go back to the queue
//   take_back          the agent has left the inbox, or all of them (inbox 0): their rooms go back
enum class RoutingTaskKind { serve_agent, serve_inbox, return_unanswered, take_back };

struct RoutingTask {
  AccountId account;
  RoutingTaskKind kind = RoutingTaskKind::serve_agent;
  ConversationId agent;  // 0 = none
  InboxId inbox;         // 0 = none, or all
  Timestamp due_at;
  RoomId cursor;       // rooms up to this one are looked at
  Timestamp again_at;  // when one of them must be looked at again; 0 = never
};

class RoutingTasks {
 public:
  virtual ~RoutingTasks() = default;
  // Of every account; the soonest due.
  virtual std::optional<RoutingTask> next() = 0;
  virtual void put(const RoutingTask&) = 0;     // replaces what is there of its kind, agent, inbox
  virtual void remove(const RoutingTask&) = 0;  // likewise
};

}  // namespace parlor::chat
