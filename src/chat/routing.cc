#include "chat/routing.h"

#include <algorithm>

#include "chat/assignment.h"
#include "chat/routing_queue.h"

namespace parlor::chat {

namespace {

// Rooms that waited longer than one that opens, given away in the same transaction.
constexpr int kCatchUp = 5;

bool contains(const std::vector<ConversationId>& agents, ConversationId agent) {
  return std::find(agents.begin(), agents.end(), agent) != agents.end();
}

bool is_away(Transaction& transaction, AccountId account, ConversationId agent) {
  const auto standing = transaction.routing().candidate(account, agent);
  return standing && standing->availability == Availability::away;
}

bool holds_rooms(Transaction& transaction, AccountId account, ConversationId agent) {
  return !transaction.routing().held_by(account, agent, RoomId{}, 1).empty();
}

// The agent may be able to take a room.
void serve_soon(Transaction& transaction, AccountId account, ConversationId agent) {
  const auto standing = transaction.routing().candidate(account, agent);
  if (!standing || !standing->has_seat || standing->availability == Availability::away) return;
  if (transaction.routing().waiting_inboxes_of(account, agent).empty()) return;
  leave_task(transaction, account, RoutingTaskKind::serve_agent, agent, InboxId{});
}

void forget_task(Transaction& transaction, AccountId account, RoutingTaskKind kind,
                 ConversationId agent, InboxId inbox) {
  RoutingTask task;
  task.account = account;
  task.kind = kind;
  task.agent = agent;
  task.inbox = inbox;
  transaction.routing_tasks().remove(task);
}

// Its rooms are taken from somebody who has left; from nobody if there are none.
void take_back_soon(Transaction& transaction, AccountId account, ConversationId agent,
                    InboxId inbox) {
  if (!holds_rooms(transaction, account, agent)) return;
  leave_task(transaction, account, RoutingTaskKind::take_back, agent, inbox);
}

bool has_left(Transaction& transaction, const Room& room, const Assignee& assignee) {
  const auto agent = transaction.routing().candidate(room.account, assignee.agent);
  if (!agent || !agent->has_seat) return true;
  const auto left = transaction.routing().left_at(room.account, room.inbox, assignee.agent);
  return left > assignee.assigned_at;
}

bool serves(const Agent& agent) { return agent.has_seat && agent.deactivated_at == Timestamp{}; }

bool is_queued(const Room& room) {
  return room.status == RoomStatus::open && room.assignees.empty();
}

bool was_queued_there(const RoomStanding& before, const Room& room) {
  return before.status == RoomStatus::open && before.assignees.empty() &&
         before.inbox == room.inbox;
}

void free_agents(Transaction& transaction, const RoomStanding& before, const Room& room) {
  if (before.status != RoomStatus::open) return;
  const RoomStanding after = standing_of(room);
  for (const ConversationId agent : before.assignees) {
    const bool still_loaded = room.status == RoomStatus::open && contains(after.assignees, agent);
    if (!still_loaded) serve_soon(transaction, room.account, agent);
  }
}

// A customer has begun to wait for people of whom nobody is there.
void watch_unanswered(Transaction& transaction, const RoomStanding& before, const Room& room) {
  const RoomStanding after = standing_of(room);
  if (after.status != RoomStatus::open || !after.is_unanswered || after.assignees.empty()) return;
  const bool is_watched = before.status == RoomStatus::open && before.is_unanswered &&
                          before.assignees == after.assignees;
  if (is_watched) return;
  const bool nobody_is_there =
      std::all_of(after.assignees.begin(), after.assignees.end(),
                  [&](ConversationId agent) { return is_away(transaction, room.account, agent); });
  if (!nobody_is_there) return;
  leave_task(transaction, room.account, RoutingTaskKind::return_unanswered, after.assignees.front(),
             InboxId{});
}

}  // namespace

std::optional<ConversationId> next_assignee(Transaction& transaction, const Inbox& inbox) {
  if (inbox.algorithm == RoutingAlgorithm::manual) return std::nullopt;
  serve_queues(transaction, inbox.account, {inbox.id}, kCatchUp);
  if (transaction.routing().oldest_queued(inbox.account, inbox.id)) return std::nullopt;
  return take_turn(transaction, inbox);
}

void route_reopened(Transaction& transaction, Room& room, const Inbox& inbox) {
  std::vector<ConversationId> remaining;
  for (const Assignee& assignee : room.assignees) {
    if (!has_left(transaction, room, assignee)) remaining.push_back(assignee.agent);
  }
  if (remaining.empty()) {
    if (const auto agent = next_assignee(transaction, inbox)) remaining.push_back(*agent);
  }
  if (standing_of(room).assignees == remaining) return;
  assign_room(transaction, room, inbox, inbox, remaining, ConversationId{});
}

RoomStanding standing_of(const Room& room) {
  RoomStanding standing{room.inbox, room.status, is_unanswered(room), {}};
  for (const Assignee& assignee : room.assignees) standing.assignees.push_back(assignee.agent);
  return standing;
}

void follow_room(Transaction& transaction, const RoomStanding& before, const Room& room,
                 const Inbox& inbox) {
  free_agents(transaction, before, room);
  if (is_queued(room) && !was_queued_there(before, room) &&
      inbox.algorithm != RoutingAlgorithm::manual) {
    leave_task(transaction, room.account, RoutingTaskKind::serve_inbox, ConversationId{},
               room.inbox);
  }
  watch_unanswered(transaction, before, room);
}

void follow_agent(Transaction& transaction, const Agent& before, const Agent& after) {
  const auto agent = after.conversation;
  if (serves(before) && !serves(after)) {
    take_back_soon(transaction, after.account, agent, InboxId{});
  }
  if (!serves(before) && serves(after)) {
    forget_task(transaction, after.account, RoutingTaskKind::take_back, agent, InboxId{});
  }
  const bool was_away = before.availability == Availability::away;
  const bool is_away_now = after.availability == Availability::away;
  if (was_away && !is_away_now) {
    forget_task(transaction, after.account, RoutingTaskKind::return_unanswered, agent, InboxId{});
  }
  if (!was_away && is_away_now && holds_rooms(transaction, after.account, agent)) {
    leave_task(transaction, after.account, RoutingTaskKind::return_unanswered, agent, InboxId{});
  }
  serve_soon(transaction, after.account, agent);
}

void follow_inbox(Transaction& transaction, const Inbox& before, const Inbox& after) {
  if (before.algorithm == after.algorithm || after.algorithm == RoutingAlgorithm::manual) return;
  leave_task(transaction, after.account, RoutingTaskKind::serve_inbox, ConversationId{}, after.id);
}

void follow_joining(Transaction& transaction, const Inbox& inbox, ConversationId member) {
  transaction.routing().set_left_at(inbox.account, inbox.id, member, Timestamp{});
  forget_task(transaction, inbox.account, RoutingTaskKind::take_back, member, inbox.id);
  serve_soon(transaction, inbox.account, member);
}

void follow_leaving(Transaction& transaction, const Inbox& inbox, ConversationId member) {
  transaction.routing().set_left_at(inbox.account, inbox.id, member, transaction.now());
  take_back_soon(transaction, inbox.account, member, inbox.id);
}

}  // namespace parlor::chat
