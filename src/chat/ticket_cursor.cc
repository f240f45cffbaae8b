#include "chat/ticket_cursor.h"

#include <algorithm>
#include <charconv>

#include "base/digest.h"

namespace parlor::chat {

namespace {

constexpr std::size_t kTagBytes = 8;

std::string tag_of(TicketList list, const TicketKey& ticket) {
  const auto which = std::to_string(static_cast<int>(list)) + ":" +
                     std::to_string(ticket.account.value) + ":" + ticket.id;
  return sha256(which).substr(0, kTagBytes);
}

}  // namespace

std::string encode_ticket_cursor(TicketList list, const TicketKey& ticket, std::int64_t position) {
  return base64url_encode(tag_of(list, ticket) + std::to_string(position));
}

Result<std::int64_t> decode_ticket_cursor(TicketList list, const TicketKey& ticket,
                                          std::string_view text, std::int64_t otherwise) {
  if (text.empty()) return otherwise;
  const auto refused =
      fail(ErrorCode::invalid, "cursor is none of this list: take it from nextCursor of the page");
  const auto bytes = base64url_decode(text);
  if (!bytes || bytes->size() <= kTagBytes || bytes->substr(0, kTagBytes) != tag_of(list, ticket)) {
    return refused;
  }
  std::int64_t position = 0;
  const char* const end = bytes->data() + bytes->size();
  const auto parsed = std::from_chars(bytes->data() + kTagBytes, end, position);
  if (parsed.ec != std::errc() || parsed.ptr != end || position < 0) return refused;
  return position;
}

Result<int> page_limit(std::optional<int> asked, int usual, int most) {
  if (!asked) return usual;
  if (*asked < 1) return fail(ErrorCode::invalid, "limit must be at least 1");
  return std::min(*asked, most);
}

}  // namespace parlor::chat
