#include <algorithm>

#include "chat/assignment.h"
#include "chat/routing.h"
#include "chat/routing_queue.h"

namespace parlor::chat {

namespace {

constexpr int kRoomsLookedAt = 100;

// Looks at the next of the agent's rooms with `visit`, which answers whether it has changed the
// room; at most kRoomsAStep are changed. Answers what is left of the task.
template <class Visit>
std::optional<RoutingTask> walk_rooms(Transaction& transaction, RoutingTask task, Visit visit) {
  const auto rooms =
      transaction.routing().held_by(task.account, task.agent, task.cursor, kRoomsLookedAt);
  int changed = 0;
  for (const RoomId id : rooms) {
    task.cursor = id;
    Room room = transaction.rooms().find(task.account, id).value();
    const Inbox inbox = transaction.inboxes().find(task.account, room.inbox).value();
    if (visit(task, room, inbox) && ++changed == kRoomsAStep) break;
  }
  if (task.cursor != RoomId{} && (changed == kRoomsAStep || rooms.size() == kRoomsLookedAt)) {
    task.due_at = transaction.now();
    return task;
  }
  if (task.again_at == Timestamp{}) return std::nullopt;
  task.due_at = std::exchange(task.again_at, Timestamp{});
  task.cursor = RoomId{};
  return task;
}

// Leaves the room to `others`; if there are none, to the queue, ahead of newer rooms.
void take_off(Transaction& transaction, Room& room, const Inbox& inbox,
              const std::vector<ConversationId>& others) {
  assign_room(transaction, room, inbox, inbox, others, ConversationId{});
  wait_ahead(room);
  transaction.rooms().update(room);
}

std::vector<AssigneeStanding> standings_of(Transaction& transaction, const Room& room) {
  std::vector<AssigneeStanding> standings;
  for (const Assignee& assignee : room.assignees) {
    const auto agent = transaction.routing().candidate(room.account, assignee.agent);
    standings.push_back({assignee.assigned_at, agent ? agent->availability : Availability::away,
                         transaction.routing().presence(room.account, assignee.agent).since});
  }
  return standings;
}

std::optional<RoutingTask> return_unanswered(Transaction& transaction,
                                             const RoutingSettings& settings,
                                             const RoutingTask& task) {
  return walk_rooms(transaction, task, [&](RoutingTask& left, Room& room, const Inbox& inbox) {
    const auto due =
        due_for_return(room, standings_of(transaction, room), settings.return_after_ms);
    if (!due) return false;
    if (*due > transaction.now()) {
      left.again_at = left.again_at == Timestamp{} ? *due : std::min(left.again_at, *due);
      return false;
    }
    take_off(transaction, room, inbox, {});
    return true;
  });
}

std::optional<RoutingTask> take_back(Transaction& transaction, const RoutingTask& task) {
  return walk_rooms(transaction, task, [&](RoutingTask& left, Room& room, const Inbox& inbox) {
    if (left.inbox && left.inbox != room.inbox) return false;
    std::vector<ConversationId> others = standing_of(room).assignees;
    std::erase(others, left.agent);
    take_off(transaction, room, inbox, others);
    return true;
  });
}

std::optional<RoutingTask> serve(Transaction& transaction, RoutingTask task,
                                 const std::vector<InboxId>& inboxes) {
  if (!serve_queues(transaction, task.account, inboxes, kRoomsAStep)) return std::nullopt;
  task.due_at = transaction.now();
  return task;
}

// Answers what is left of the task.
std::optional<RoutingTask> run_step(Transaction& transaction, const RoutingSettings& settings,
                                    const RoutingTask& task) {
  switch (task.kind) {
    case RoutingTaskKind::serve_agent:
      return serve(transaction, task,
                   transaction.routing().waiting_inboxes_of(task.account, task.agent));
    case RoutingTaskKind::serve_inbox:
      return serve(transaction, task, {task.inbox});
    case RoutingTaskKind::return_unanswered:
      return return_unanswered(transaction, settings, task);
    case RoutingTaskKind::take_back:
      return take_back(transaction, task);
  }
  return std::nullopt;
}

}  // namespace

Result<RoutingStep> run_routing(Transaction& transaction, const RoutingSettings& settings) {
  auto& tasks = transaction.routing_tasks();
  const auto task = tasks.next();
  if (!task) return RoutingStep{};
  if (task->due_at > transaction.now()) return RoutingStep{task->due_at};
  // Removed first: the step may leave the same task anew.
  tasks.remove(*task);
  if (const auto left = run_step(transaction, settings, *task)) tasks.put(*left);
  const auto next = tasks.next();
  if (!next) return RoutingStep{};
  return RoutingStep{next->due_at};
}

}  // namespace parlor::chat
