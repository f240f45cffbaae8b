#include "app/admission.h"

#include <algorithm>

#include "base/digest.h"
#include "delivery/audiences.h"

namespace parlor::app {
namespace {

std::vector<std::string> team_rooms(chat::Transaction& transaction, const chat::Actor& actor) {
  std::vector<std::string> rooms = {delivery::room_of_person(actor.conversation)};
  if (actor.is_admin()) rooms.push_back(delivery::room_of_admins(actor.account));
  for (const auto inbox : transaction.inboxes().of_member(actor.account, actor.conversation)) {
    rooms.push_back(delivery::room_of_members(inbox));
  }
  return rooms;
}

std::vector<std::string> contact_rooms(chat::Transaction& transaction, const chat::Actor& actor,
                                       const dialects::Caller& caller) {
  std::vector<std::string> rooms = {delivery::room_of_person(actor.conversation),
                                    delivery::room_of_session(actor.session)};
  const auto& credentials = std::get<dialects::VisitorCaller>(caller).credentials;
  const auto site = transaction.support_tokens().find_by_hash(sha256(credentials.support_token));
  if (site) rooms.push_back(delivery::room_of_site(site->id));
  return rooms;
}

}  // namespace

Result<Admission> admit(chat::Transaction& transaction, const dialects::Caller& caller) {
  auto actor = dialects::resolve(transaction, caller);
  if (!actor) return actor.failure();
  auto rooms = actor->is_team() ? team_rooms(transaction, *actor)
                                : contact_rooms(transaction, *actor, caller);
  std::sort(rooms.begin(), rooms.end());
  return Admission{std::move(*actor), std::move(rooms)};
}

}  // namespace parlor::app
