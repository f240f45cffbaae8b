#include "delivery/audiences.h"

namespace parlor::delivery {

std::string room_of_person(ConversationId person) {
  return "person:" + std::to_string(person.value);
}
std::string room_of_members(InboxId inbox) { return "members:" + std::to_string(inbox.value); }
std::string room_of_admins(AccountId account) { return "admins:" + std::to_string(account.value); }
std::string room_of_account(AccountId account) {
  return "account:" + std::to_string(account.value);
}
std::string room_of_session(SessionId session) {
  return "session:" + std::to_string(session.value);
}
std::string room_of_site(SupportTokenId site) { return "site:" + std::to_string(site.value); }

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
