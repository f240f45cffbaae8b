// The queues of rooms that wait for an assignee, and the list of what routing has yet to do.
#pragma once

#include <vector>

#include "chat/transaction.h"

namespace parlor::chat {

// Whose turn it is in the inbox, if anybody may be given a room now. Takes the turn.
std::optional<ConversationId> take_turn(Transaction& transaction, const Inbox& inbox);

// Gives at most `limit` queued rooms of the inboxes away, the one that has waited longest first.
// Answers whether there may be more to give.
bool serve_queues(Transaction& transaction, AccountId account, const std::vector<InboxId>& inboxes,
                  int limit);

// Leaves a task that is due now.
void leave_task(Transaction& transaction, AccountId account, RoutingTaskKind kind,
                ConversationId agent, InboxId inbox);

}  // namespace parlor::chat
