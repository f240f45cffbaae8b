#include "chat/routing_queue.h"

#include <algorithm>

#include "chat/assignment.h"

namespace parlor::chat {

namespace {

struct WaitingInbox {
  Inbox inbox;
  QueuedRoom oldest;
};

std::vector<WaitingInbox> waiting_among(Transaction& transaction, AccountId account,
                                        const std::vector<InboxId>& inboxes) {
  std::vector<WaitingInbox> waiting;
  for (const InboxId id : inboxes) {
    auto inbox = transaction.inboxes().find(account, id);
    if (!inbox || inbox->algorithm == RoutingAlgorithm::manual) continue;
    const auto oldest = transaction.routing().oldest_queued(account, id);
    if (oldest) waiting.push_back({std::move(*inbox), *oldest});
  }
  return waiting;
}

void give(Transaction& transaction, const WaitingInbox& waiting, ConversationId agent) {
  const Inbox& inbox = waiting.inbox;
  Room room = transaction.rooms().find(inbox.account, waiting.oldest.room).value();
  assign_room(transaction, room, inbox, inbox, {agent}, ConversationId{});
  transaction.rooms().update(room);
}

}  // namespace

std::optional<ConversationId> take_turn(Transaction& transaction, const Inbox& inbox) {
  auto& routing = transaction.routing();
  const auto agent =
      decide_next_assignee(inbox.algorithm, routing.candidates(inbox.account, inbox.id),
                           routing.last_served(inbox.account, inbox.id));
  if (agent) routing.set_last_served(inbox.account, inbox.id, *agent);
  return agent;
}

bool serve_queues(Transaction& transaction, AccountId account, const std::vector<InboxId>& inboxes,
                  int limit) {
  auto waiting = waiting_among(transaction, account, inboxes);
  for (int given = 0; given < limit; ++given) {
    const auto first = std::min_element(
        waiting.begin(), waiting.end(),
        [](const auto& a, const auto& b) { return a.oldest.queued_at < b.oldest.queued_at; });
    if (first == waiting.end()) return false;
    const auto agent = take_turn(transaction, first->inbox);
    if (!agent) {
      waiting.erase(first);
      --given;
      continue;
    }
    give(transaction, *first, *agent);
    const auto next = transaction.routing().oldest_queued(account, first->inbox.id);
    if (next) {
      first->oldest = *next;
    } else {
      waiting.erase(first);
    }
  }
  return !waiting.empty();
}

void leave_task(Transaction& transaction, AccountId account, RoutingTaskKind kind,
                ConversationId agent, InboxId inbox) {
  RoutingTask task;
  task.account = account;
  task.kind = kind;
  task.agent = agent;
  task.inbox = inbox;
  task.due_at = transaction.now();
  transaction.routing_tasks().put(task);
  Event event;
  event.audience.account = account;
  event.body = RoutingDue{};
  transaction.record(std::move(event));
}

}  // namespace parlor::chat
