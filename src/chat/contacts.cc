#include "chat/contacts.h"

#include <utility>

#include "chat/access.h"
#include "chat/audit.h"
#include "chat/fields.h"
#include "chat/names.h"
#include "chat/revocation.h"

namespace parlor::chat {

namespace {

Result<Contact> find_contact(Transaction& transaction, const Actor& actor, ContactId id) {
  if (auto team = require_team(actor); !team) return team.failure();
  auto contact = transaction.contacts().find(actor.account, id);
  if (!contact) return fail(ErrorCode::not_found, "Contact not found");
  if (auto member = require_inbox_member(transaction, actor); !member) return member.failure();
  return std::move(*contact);
}

// Writes the checked value over the field.
Result<Ok> replace(std::string& field, const std::optional<Result<std::string>>& value) {
  if (!value) return Ok{};
  if (!*value) return value->failure();
  field = **value;
  return Ok{};
}

Result<Ok> replace_fields(Contact& contact, const UpdateContact& input) {
  std::optional<Result<std::string>> name, email, phone;
  if (input.name) name = check_line("name", *input.name, kMaxNameCharacters);
  if (input.email) {
    email = input.email->empty() ? Result<std::string>("") : check_email("email", *input.email);
  }
  if (input.phone) phone = check_line("phone", *input.phone, kMaxPhoneCharacters);
  for (const auto& [field, value] :
       {std::pair{&contact.name, &name}, std::pair{&contact.email, &email},
        std::pair{&contact.phone, &phone}}) {
    if (auto replaced = replace(*field, *value); !replaced) return replaced;
  }
  return Ok{};
}

std::string_view act_of(const UpdateContact& input, const Contact& before) {
  if (!input.blocked || *input.blocked == before.is_blocked()) return "contact.updated";
  return *input.blocked ? "contact.blocked" : "contact.unblocked";
}

Changes changes_of(const Contact& before, const Contact& after) {
  Changes changes;
  changes.add("name", before.name, after.name)
      .add("email", before.email, after.email)
      .add("phone", before.phone, after.phone)
      .add("blocked", before.is_blocked(), after.is_blocked());
  return changes;
}

}  // namespace

Result<Contact> get_contact(Transaction& transaction, const Actor& actor, ContactId id) {
  return find_contact(transaction, actor, id);
}

Result<Contact> update_contact(Transaction& transaction, const Actor& actor,
                               const UpdateContact& input) {
  auto contact = find_contact(transaction, actor, input.contact);
  if (!contact) return contact;
  if (!input.name && !input.email && !input.phone && !input.blocked) {
    return fail(ErrorCode::invalid, "At least one of name, email, phone, blocked is required");
  }
  const Contact before = *contact;
  if (auto replaced = replace_fields(*contact, input); !replaced) return replaced.failure();
  if (input.blocked && *input.blocked != before.is_blocked()) {
    contact->blocked_at = *input.blocked ? transaction.now() : Timestamp{};
  }
  auto changes = changes_of(before, *contact);
  if (changes.empty()) return contact;
  transaction.contacts().update(*contact);
  audit(transaction, actor, act_of(input, before), {contact->id.value, contact->name},
        std::move(changes));
  if (contact->is_blocked() && !before.is_blocked()) end_contact(transaction, *contact);
  return contact;
}

namespace {

std::optional<ConversationId> closer_of(Transaction& transaction, const Room& room) {
  if (room.status != RoomStatus::closed) return std::nullopt;
  const auto change =
      transaction.rooms().last_change(room.account, room.id, RoomChangeKind::status);
  if (!change || change->new_value != name_of(RoomStatus::closed)) return std::nullopt;
  return change->by;
}

}  // namespace

Result<ContactRoomList> list_contact_rooms(Transaction& transaction, const Actor& actor,
                                           const ListContactRooms& input) {
  const auto contact = find_contact(transaction, actor, input.contact);
  if (!contact) return contact.failure();
  const auto paging = check_paging(input.page, input.limit);
  if (!paging) return paging.failure();
  const auto search = check_line("search", input.search, kMaxSearchCharacters);
  if (!search) return search.failure();
  RoomPage page = transaction.rooms().list_of_contact(actor.account, contact->id, *search,
                                                      paging->page, paging->limit);
  ContactRoomList list{{}, paging->page, paging->limit, page.total};
  for (Room& room : page.rooms) {
    ContactRoomEntry entry;
    entry.inbox = transaction.inboxes().find(actor.account, room.inbox).value();
    entry.may_enter = may_enter(actor, room, standing_in(transaction, actor, entry.inbox));
    entry.closed_by = closer_of(transaction, room);
    entry.room = std::move(room);
    list.rooms.push_back(std::move(entry));
  }
  return list;
}

Result<SupportConversation> get_conversation(Transaction& transaction, const Actor& actor,
                                             ConversationId id) {
  if (auto team = require_team(actor); !team) return team.failure();
  auto contact = transaction.contacts().find_by_conversation(actor.account, id);
  if (!contact) return fail(ErrorCode::not_found, "Conversation not found");
  SupportConversation conversation;
  conversation.sessions =
      transaction.visitor_sessions().of_contact(actor.account, contact->id, kMaxSessionsShown);
  conversation.contact = std::move(*contact);
  return conversation;
}

}  // namespace parlor::chat
