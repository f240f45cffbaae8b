// Tickets, members and messages as the ticket dialect writes them: JSON text.
#pragma once

#include <string>
#include <string_view>

#include "chat/tickets.h"
#include "dialects/common/attachment_links.h"

namespace parlor::dialects::ticket {

inline constexpr std::string_view kRoomPrefix = "ticket_";

std::string room_of(const chat::TicketKey& ticket);

std::string person_json(const chat::Person& person);
std::string member_json(const chat::Member& member);
// Of a support room's message, `data` is {content, attachments?}.
std::string message_json(const Links& links, const chat::TicketEntry& entry);
std::string snapshot_json(const chat::TicketSnapshot& snapshot);

}  // namespace parlor::dialects::ticket
