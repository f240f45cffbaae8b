// Giving rooms to agents by the rule of their inbox, and taking them back.
//
// A room that opens is given at once, in the transaction that opens it. Queued rooms and rooms that
// are taken back are many: they are left as tasks (routing_repositories.h), which run_routing works
// off in steps of at most kRoomsAStep rooms. Whoever leaves a task records RoutingDue, so that the
// server runs it behind the commit.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "chat/transaction.h"

namespace parlor::chat {

inline constexpr int kRoomsAStep = 25;  // each takes up to 20 rows

// Whom a room that opens now goes to; nobody if it has to wait. Rooms that wait already go first.
std::optional<ConversationId> next_assignee(Transaction& transaction, const Inbox& inbox);

// The room was opened by its customer. Assignees who have left since are taken off it; a room that
// is nobody's is given to somebody. The caller stores the room.
void route_reopened(Transaction& transaction, Room& room, const Inbox& inbox);

// What routing needs to know of a room before a change of it.
struct RoomStanding {
  InboxId inbox;
  RoomStatus status = RoomStatus::open;
  bool is_unanswered = false;
  std::vector<ConversationId> assignees;
};
RoomStanding standing_of(const Room& room);

// The room stood like this before and has changed: whoever has room for more is given it, and a
// customer who waits for somebody away is seen to. Before or after the room is stored.
void follow_room(Transaction& transaction, const RoomStanding& before, const Room& room,
                 const Inbox& inbox);

// The same for other changes, each after it is stored.
void follow_agent(Transaction& transaction, const Agent& before, const Agent& after);
void follow_inbox(Transaction& transaction, const Inbox& before, const Inbox& after);
void follow_joining(Transaction& transaction, const Inbox& inbox, ConversationId member);
void follow_leaving(Transaction& transaction, const Inbox& inbox, ConversationId member);

struct RoutingSettings {
  std::int64_t return_after_ms = 10 * 60 * 1000;
};

struct RoutingStep {
  std::optional<Timestamp> next_due;  // when to call again; nothing = when RoutingDue is recorded
};

// Does one step of the task that is due first, of any account.
Result<RoutingStep> run_routing(Transaction& transaction, const RoutingSettings& settings);

}  // namespace parlor::chat
