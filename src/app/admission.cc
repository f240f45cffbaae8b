#include "app/admission.h"

#include <algorithm>

#include "base/digest.h"
#include "chat/access.h"
#include "delivery/audiences.h"
#include "delivery/signal.h"

namespace parlor::app {
namespace {

std::vector<std::string> team_rooms(chat::Transaction& transaction, const chat::Actor& actor) {
  std::vector<std::string> rooms = {delivery::room_of_person(actor.conversation),
                                    delivery::room_of_account(actor.account)};
  if (actor.is_admin()) rooms.push_back(delivery::room_of_admins(actor.account));
  for (const auto inbox : transaction.inboxes().of_member(actor.account, actor.conversation)) {
    rooms.push_back(delivery::room_of_members(inbox));
  }
  return rooms;
}

std::string own_room(const chat::Actor& actor) {
  using chat::ContactKind;
  const bool trades =
      actor.contact_kind == ContactKind::buyer || actor.contact_kind == ContactKind::vendor;
  return trades ? delivery::room_of_channel(delivery::channel_of_trader(actor.conversation))
                : delivery::room_of_person(actor.conversation);
}

Timestamp earlier(Timestamp a, Timestamp b) {
  if (a.ms == 0 || b.ms == 0) return a.ms == 0 ? b : a;
  return std::min(a, b);
}

Admission admit_visitor(chat::Transaction& transaction, chat::Actor actor,
                        const chat::VisitorCredentials& credentials) {
  Admission admission;
  admission.rooms = {delivery::room_of_person(actor.conversation)};
  const auto site = transaction.support_tokens().find_by_hash(sha256(credentials.support_token));
  const auto session = transaction.visitor_sessions().find_by_hash(sha256(credentials.session_id));
  if (site) {
    admission.rooms.push_back(delivery::room_of_site(site->id));
    admission.site = site->id;
    admission.ends_at = site->expires_at;
  }
  if (session) admission.ends_at = earlier(admission.ends_at, session->expires_at);
  admission.actor = std::move(actor);
  return admission;
}

}  // namespace

Result<Admission> admit(chat::Transaction& transaction, const dialects::Caller& caller,
                        const SocketDialects& dialects, dialects::Mode mode) {
  auto actor = dialects::resolve(transaction, caller, mode);
  if (!actor) return actor.failure();
  if (auto allowed = chat::require_unblocked(*actor); !allowed) return allowed.failure();
  if (!actor->conversation) return fail(ErrorCode::unauthenticated, "nobody knows you here yet");
  Admission admission;
  if (actor->is_team()) {
    admission.rooms = team_rooms(transaction, *actor);
    admission.actor = std::move(*actor);
  } else if (const auto* visitor = std::get_if<dialects::VisitorCaller>(&caller)) {
    admission = admit_visitor(transaction, std::move(*actor), visitor->credentials);
  } else {
    admission.rooms = {delivery::room_of_account(actor->account), own_room(*actor)};
    admission.actor = std::move(*actor);
  }
  for (const auto* dialect : dialects) {
    for (const auto& channel : dialect->channels_of(transaction, admission.actor)) {
      admission.rooms.push_back(delivery::room_of_channel(channel));
    }
  }
  std::sort(admission.rooms.begin(), admission.rooms.end());
  return admission;
}

}  // namespace parlor::app
