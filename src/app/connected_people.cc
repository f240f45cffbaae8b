#include "app/connected_people.h"

#include <algorithm>

#include "delivery/audiences.h"

namespace parlor::app {
namespace {

bool contains(const std::vector<std::string>& rooms, const std::string& room) {
  return std::find(rooms.begin(), rooms.end(), room) != rooms.end();
}

bool is_reached(const std::vector<std::string>& rooms, const delivery::Addresses& addresses) {
  const auto is_in = [&](const std::string& room) { return contains(rooms, room); };
  return std::any_of(addresses.rooms.begin(), addresses.rooms.end(), is_in) &&
         std::none_of(addresses.except.begin(), addresses.except.end(), is_in);
}

}  // namespace

void ConnectedPeople::entered(const chat::Actor& person, const std::vector<std::string>& rooms) {
  const std::lock_guard lock(mutex_);
  if (!person.is_team()) {
    auto& visitor = visitors_[person.conversation];
    visitor.account = person.account;
    visitor.contact = person.contact;
    ++visitor.sockets;
    return;
  }
  auto& colleague = teams_[person.account][person.conversation];
  colleague.person = person;
  colleague.rooms = rooms;
  ++colleague.sockets;
}

void ConnectedPeople::left(AccountId account, ConversationId person) {
  const std::lock_guard lock(mutex_);
  if (const auto visitor = visitors_.find(person); visitor != visitors_.end()) {
    if (--visitor->second.sockets == 0) visitors_.erase(visitor);
    return;
  }
  const auto team = teams_.find(account);
  if (team == teams_.end()) return;
  const auto agent = team->second.find(person);
  if (agent == team->second.end() || --agent->second.sockets > 0) return;
  team->second.erase(agent);
  if (team->second.empty()) teams_.erase(team);
}

bool ConnectedPeople::may_hear(const chat::Audience& audience) const {
  const std::lock_guard lock(mutex_);
  if (audience.contact && visitors_.contains(*audience.contact)) return true;
  const bool is_team = audience.admins || audience.members_of || !audience.agents.empty();
  return is_team && teams_.contains(audience.account);
}

std::optional<chat::Actor> ConnectedPeople::receiver_of(const chat::Audience& audience) const {
  const std::lock_guard lock(mutex_);
  if (audience.contact) {
    const auto visitor = visitors_.find(*audience.contact);
    if (visitor == visitors_.end()) return std::nullopt;
    chat::Actor person;
    person.kind = chat::ActorKind::contact;
    person.account = visitor->second.account;
    person.conversation = *audience.contact;
    person.contact = visitor->second.contact;
    return person;
  }
  const auto team = teams_.find(audience.account);
  if (team == teams_.end()) return std::nullopt;
  const auto addresses = delivery::addresses_of(audience);
  for (const auto& [id, colleague] : team->second) {
    if (is_reached(colleague.rooms, addresses)) return colleague.person;
  }
  return std::nullopt;
}

}  // namespace parlor::app
