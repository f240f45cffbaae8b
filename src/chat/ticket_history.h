// Reading a ticket's history for those who have been let in already.
#pragma once

#include <cstdint>

#include "chat/ticket_access.h"
#include "chat/tickets.h"

namespace parlor::chat {

// The newest `limit` entries below the seq `before`, as the actor may see them; fewer where 256 KiB
// are full.
TicketHistory history_before(Transaction& transaction, const Actor& actor,
                             const AccessedTicket& access, std::int64_t before, int limit);

}  // namespace parlor::chat
