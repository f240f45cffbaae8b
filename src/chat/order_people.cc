#include "chat/order_people.h"

#include <algorithm>
#include <utility>

#include "chat/access.h"
#include "chat/fields.h"
#include "chat/order_rules.h"
#include "chat/utf8.h"

namespace parlor::chat {

namespace {

constexpr std::size_t kHexIdCharacters = 24;

Failure no_room() { return fail(ErrorCode::not_found, kNoOrderRoom); }

bool is_hex_id(std::string_view text) {
  return text.size() == kHexIdCharacters &&
         text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

std::optional<Agent> our_agent(Transaction& transaction, AccountId account,
                               std::string_view user_id) {
  if (auto agent = transaction.agents().find_by_external_id(account, user_id)) return agent;
  const auto id = parse_id<AgentId>(user_id);
  return id ? transaction.agents().find(account, *id) : std::nullopt;
}

// What of a line that somebody wrote can be kept of a contact; empty = nothing.
std::string kept_line(std::string_view text, std::size_t max_characters) {
  if (!count_characters(text)) return {};
  auto line = check_line("name", first_characters(trimmed(text), max_characters), max_characters);
  return line ? std::move(*line) : std::string();
}

void refresh(OrderPerson& known, const OrderPerson& said) {
  const auto take = [](std::string& to, const std::string& from) {
    if (!from.empty()) to = from;
  };
  take(known.username, said.username);
  take(known.email, said.email);
  take(known.phone_num, said.phone_num);
  take(known.display_image, said.display_image);
  take(known.sub_domain, said.sub_domain);
}

std::string unnamed(ContactKind kind, std::string_view external_id) {
  return kept_line((kind == ContactKind::vendor ? "Vendor " : "Buyer ") + std::string(external_id),
                   kMaxNameCharacters);
}

struct Known {
  std::string name;  // empty = not known
  std::string email;
};

Known known_as(Transaction& transaction, const Actor& actor) {
  if (actor.kind == ActorKind::contact) {
    const auto contact = transaction.contacts().find(actor.account, actor.contact);
    if (!contact) return {};
    const bool has_name = contact->name != unnamed(contact->kind, contact->external_id);
    return {has_name ? contact->name : std::string(), contact->email};
  }
  const auto agent = transaction.agents().find(actor.account, actor.agent);
  return agent ? Known{agent->name, agent->email} : Known{};
}

bool is_role_of(const Actor& actor, OrderUserType type) {
  switch (actor.kind) {
    case ActorKind::integration:
      return true;
    case ActorKind::admin:
      return is_team(type);
    case ActorKind::agent:
      return type == OrderUserType::agent;
    case ActorKind::contact:
      return !is_team(type) && contact_kind_of(type) == actor.contact_kind;
  }
  return false;
}

}  // namespace

Contact order_contact(Transaction& transaction, AccountId account, ContactKind kind,
                      std::string_view external_id) {
  auto known = transaction.contacts().find_by_external_id(account, kind, external_id);
  if (known) return std::move(*known);
  Contact contact;
  contact.id = transaction.ids().make<ContactId>();
  contact.account = account;
  contact.conversation = transaction.ids().make<ConversationId>();
  contact.kind = kind;
  contact.external_id = external_id;
  contact.name = unnamed(kind, external_id);
  contact.created_at = transaction.now();
  transaction.contacts().insert(contact);
  return contact;
}

void refresh_order_contact(Transaction& transaction, Contact contact, const OrderPerson& person) {
  bool changed = false;
  const auto take = [&](std::string& to, std::string from) {
    if (from.empty() || from == to) return;
    to = std::move(from);
    changed = true;
  };
  take(contact.name, kept_line(person.username, kMaxNameCharacters));
  take(contact.phone, kept_line(person.phone_num, kMaxPhoneCharacters));
  if (auto email = check_email("email", person.email)) take(contact.email, std::move(*email));
  if (changed) transaction.contacts().update(contact);
}

ConversationId order_conversation_of(Transaction& transaction, AccountId account,
                                     const OrderPerson& person) {
  if (!is_team(person.user_type)) {
    return order_contact(transaction, account, contact_kind_of(person.user_type), person.user_id)
        .conversation;
  }
  if (const auto agent = our_agent(transaction, account, person.user_id)) {
    return agent->conversation;
  }
  return transaction.ids().make<ConversationId>();
}

std::string order_user_id_of(Transaction& transaction, const Actor& actor) {
  if (actor.kind == ActorKind::contact) {
    const auto contact = transaction.contacts().find(actor.account, actor.contact);
    return contact ? contact->external_id : std::string();
  }
  const auto agent = transaction.agents().find(actor.account, actor.agent);
  if (!agent) return {};
  return agent->external_id.empty() ? to_hex(agent->id) : agent->external_id;
}

bool may_use_order_room(Transaction& transaction, const Actor& actor, const OrderRoom& order) {
  if (order.account != actor.account) return false;
  if (actor.kind == ActorKind::integration || actor.kind == ActorKind::admin) return true;
  const auto room = transaction.rooms().find(order.account, order.room);
  if (!room) return false;
  if (actor.kind == ActorKind::agent) {
    const auto inbox = transaction.inboxes().find(order.account, room->inbox).value();
    return may_enter(actor, *room, standing_in(transaction, actor, inbox));
  }
  if (!actor.contact) return false;
  if (room->contact == actor.contact) return true;
  if (actor.contact_kind == ContactKind::vendor &&
      order_user_id_of(transaction, actor) == order.vendor_user_id) {
    return true;
  }
  return transaction.order_rooms().takes_part(order.account, order.room, actor.conversation);
}

Result<OrderRoom> find_order_room(Transaction& transaction, const Actor& actor,
                                  std::string_view reference) {
  auto& rooms = transaction.order_rooms();
  if (is_hex_id(reference)) {
    const auto id = parse_id<RoomId>(reference);
    auto room = id ? rooms.find(actor.account, *id) : std::nullopt;
    if (!room) room = rooms.find_by_source(actor.account, lower_case(reference));
    if (!room || !may_use_order_room(transaction, actor, *room)) return no_room();
    return std::move(*room);
  }
  for (auto& room : rooms.find_by_number(actor.account, reference)) {
    if (may_use_order_room(transaction, actor, room)) return std::move(room);
  }
  return no_room();
}

Result<OrderPerson> check_order_person(Transaction& transaction, const Actor& actor,
                                       OrderPerson person) {
  if (actor.kind == ActorKind::integration) return person;
  const auto own = order_user_id_of(transaction, actor);
  if (own != person.user_id || !is_role_of(actor, person.user_type)) {
    return fail(ErrorCode::forbidden,
                "user_type and user_id must be your own: with a token you write as yourself");
  }
  const auto known = known_as(transaction, actor);
  if (!known.name.empty()) person.username = known.name;
  if (!known.email.empty()) person.email = known.email;
  return person;
}

Result<OrderParticipant> admit_order_person(Transaction& transaction, OrderRoom& order,
                                            const OrderPerson& person, bool refreshes) {
  auto& rooms = transaction.order_rooms();
  const Timestamp now = transaction.now();
  auto known = rooms.find_participant(order.account, order.room, person.user_type, person.user_id);
  if (known) {
    const OrderPerson before = known->person;
    if (refreshes) refresh(known->person, person);
    if (known->person != before) {
      known->updated_at = now;
      rooms.update(*known);
    }
    return std::move(*known);
  }
  const auto present = rooms.participants(order.account, order.room);
  if (present.size() >= kMaxOrderParticipants) {
    return fail(ErrorCode::conflict,
                "A room has at most " + std::to_string(kMaxOrderParticipants) + " participants");
  }
  OrderParticipant participant;
  participant.account = order.account;
  participant.room = order.room;
  participant.id = transaction.ids().make<OrderParticipantId>();
  participant.position = present.empty() ? 1 : present.back().position + 1;
  participant.person = person;
  participant.conversation = order_conversation_of(transaction, order.account, person);
  participant.created_at = now;
  participant.updated_at = now;
  rooms.insert(participant);
  order.updated_at = std::max(order.updated_at, now);
  rooms.update(order);
  return participant;
}

}  // namespace parlor::chat
