#include "delivery/audiences.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <system_error>

namespace parlor::delivery {

namespace {

// At most 13 characters, which a std::string holds in itself: there is a room for each visitor.
std::string room_name(char kind, std::int64_t id) {
  std::array<char, 12> digits;
  const auto [end, failed] = std::to_chars(digits.begin(), digits.end(), id, 36);
  std::string name(1, kind);
  name.append(digits.begin(), failed == std::errc() ? end : digits.begin());
  return name;
}

}  // namespace

std::string room_of_person(ConversationId person) { return room_name('p', person.value); }
std::string room_of_members(InboxId inbox) { return room_name('m', inbox.value); }
std::string room_of_admins(AccountId account) { return room_name('a', account.value); }
std::string room_of_account(AccountId account) { return room_name('t', account.value); }
std::string room_of_site(SupportTokenId site) { return room_name('s', site.value); }

std::string room_of_channel(std::string_view channel) { return "c:" + std::string(channel); }

Addresses addresses_of(const chat::Audience& audience) {
  Addresses addresses;
  if (audience.admins) addresses.rooms.push_back(room_of_admins(audience.account));
  for (const auto agent : audience.agents) addresses.rooms.push_back(room_of_person(agent));
  if (audience.members_of) addresses.rooms.push_back(room_of_members(*audience.members_of));
  if (audience.contact) addresses.rooms.push_back(room_of_person(*audience.contact));
  for (const auto person : audience.except) addresses.except.push_back(room_of_person(person));
  return addresses;
}

}  // namespace parlor::delivery
