// Routing's part of a transaction: candidates, queues, presence, and the work left for later.
//
// Owned by SqlTransaction; they live as long as the connection and belong to its thread.
#pragma once

#include "chat/routing_repositories.h"
#include "store/sql/connection.h"

namespace parlor::store::sql {

class SqlRouting final : public chat::Routing {
 public:
  explicit SqlRouting(Connection& db) : db_(db) {}
  std::vector<chat::RoutingCandidate> candidates(AccountId account, InboxId inbox) override;
  std::optional<chat::RoutingCandidate> candidate(AccountId account, ConversationId agent) override;
  ConversationId last_served(AccountId account, InboxId inbox) override;
  void set_last_served(AccountId account, InboxId inbox, ConversationId agent) override;
  std::optional<chat::QueuedRoom> oldest_queued(AccountId account, InboxId inbox) override;
  std::vector<InboxId> waiting_inboxes_of(AccountId account, ConversationId agent) override;
  std::vector<RoomId> held_by(AccountId account, ConversationId agent, RoomId after,
                              int limit) override;
  Timestamp left_at(AccountId account, InboxId inbox, ConversationId agent) override;
  void set_left_at(AccountId account, InboxId inbox, ConversationId agent, Timestamp at) override;
  chat::AgentPresence presence(AccountId account, ConversationId agent) override;
  void set_presence(AccountId account, ConversationId agent,
                    const chat::AgentPresence& presence) override;
  std::vector<chat::PresentAgent> present_agents(chat::PresentAgent after, int limit) override;

 private:
  Connection& db_;
};

class SqlRoutingTasks final : public chat::RoutingTasks {
 public:
  explicit SqlRoutingTasks(Connection& db) : db_(db) {}
  std::optional<chat::RoutingTask> next() override;
  void put(const chat::RoutingTask& task) override;
  void remove(const chat::RoutingTask& task) override;

 private:
  Connection& db_;
};

}  // namespace parlor::store::sql
