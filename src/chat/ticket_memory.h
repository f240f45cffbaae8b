// Asking the memory of who is where, from inside a use case.
#pragma once

#include "chat/tickets.h"

namespace parlor::chat {

// Records the question. The answer is filled in before the caller is answered (membership.h).
MembershipAnswerPtr ask_memory(Transaction& transaction, const TicketKey& ticket,
                               MembershipRequest request);

}  // namespace parlor::chat
