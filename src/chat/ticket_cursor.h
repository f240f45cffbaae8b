// The place in one list of one ticket, as opaque text: base64url of
//
//   8 bytes of SHA-256(list, account, ticket) | the position in decimal
//
// so that a cursor of another ticket or another list is told from a good one. It is no secret and
// no permission.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "chat/membership.h"

namespace parlor::chat {

enum class TicketList { history, members, snapshots };

std::string encode_ticket_cursor(TicketList list, const TicketKey& ticket, std::int64_t position);

// `otherwise` for an empty text; invalid for any that encode_ticket_cursor could not have made of
// this ticket and list.
Result<std::int64_t> decode_ticket_cursor(TicketList list, const TicketKey& ticket,
                                          std::string_view text, std::int64_t otherwise);

// Absent: `usual`; above `most`: `most`. invalid below 1.
Result<int> page_limit(std::optional<int> asked, int usual, int most);

}  // namespace parlor::chat
