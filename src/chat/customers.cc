#include "chat/customers.h"

#include <utility>

#include "chat/fields.h"
#include "chat/utf8.h"

namespace parlor::chat {
namespace {

// What the token says of its owner, in the form kept. What cannot be kept is left out: it is no
// reason to turn somebody away.
struct Profile {
  std::string name;
  std::string email;
};

Profile profile_of(const TokenClaims& claims) {
  Profile profile;
  const auto shown = first_characters(claims.name, kMaxNameCharacters);
  if (auto name = check_line("name", shown, kMaxNameCharacters)) profile.name = std::move(*name);
  if (claims.email.empty()) return profile;
  if (auto email = check_email("email", claims.email)) profile.email = std::move(*email);
  return profile;
}

Actor actor_of(const Contact& contact) {
  Actor actor;
  actor.kind = ActorKind::contact;
  actor.account = contact.account;
  actor.conversation = contact.conversation;
  actor.name = contact.name;
  actor.contact = contact.id;
  actor.contact_kind = contact.kind;
  actor.external_id = contact.external_id;
  actor.verified = true;
  actor.blocked = contact.is_blocked();
  return actor;
}

Actor stranger(ContactKind kind, const TokenClaims& claims) {
  Actor actor;
  actor.kind = ActorKind::contact;
  actor.account = claims.account;
  actor.name = profile_of(claims).name;
  actor.contact_kind = kind;
  actor.external_id = claims.subject;
  actor.verified = true;
  return actor;
}

Contact new_customer(Transaction& transaction, ContactKind kind, const TokenClaims& claims) {
  auto profile = profile_of(claims);
  Contact contact;
  contact.id = transaction.ids().make<ContactId>();
  contact.account = claims.account;
  contact.conversation = transaction.ids().make<ConversationId>();
  contact.name = std::move(profile.name);
  contact.email = std::move(profile.email);
  contact.created_at = transaction.now();
  contact.kind = kind;
  contact.external_id = claims.subject;
  transaction.contacts().insert(contact);
  return contact;
}

void refresh(Transaction& transaction, Contact& contact, const TokenClaims& claims) {
  auto profile = profile_of(claims);
  if (profile.name.empty()) profile.name = contact.name;
  if (profile.email.empty()) profile.email = contact.email;
  if (profile.name == contact.name && profile.email == contact.email) return;
  contact.name = std::move(profile.name);
  contact.email = std::move(profile.email);
  transaction.contacts().update(contact);
}

struct Known {
  ContactKind kind = ContactKind::visitor;
  std::optional<Contact> contact;
};

Result<Known> find_customer(Transaction& transaction, const TokenClaims& claims) {
  const auto kind = customer_kind(claims.role);
  if (!kind) {
    return fail(ErrorCode::forbidden,
                "This call is for customers; the token's role must be student, buyer or vendor");
  }
  if (claims.subject.empty() || claims.subject.size() > kMaxIdentifierBytes) {
    return fail(ErrorCode::unauthenticated,
                "The token's sub must have 1 to " + std::to_string(kMaxIdentifierBytes) + " bytes");
  }
  auto contact = transaction.contacts().find_by_external_id(claims.account, *kind, claims.subject);
  if (contact && claims.issued_at < contact->tokens_not_before) {
    return fail(ErrorCode::unauthenticated, "This token was revoked: sign in again");
  }
  return Known{*kind, std::move(contact)};
}

}  // namespace

std::optional<ContactKind> customer_kind(std::string_view role) {
  if (role == "student") return ContactKind::student;
  if (role == "buyer") return ContactKind::buyer;
  if (role == "vendor") return ContactKind::vendor;
  return std::nullopt;
}

Result<Actor> authenticate_customer(Transaction& transaction, const TokenClaims& claims) {
  const auto known = find_customer(transaction, claims);
  if (!known) return known.failure();
  return known->contact ? actor_of(*known->contact) : stranger(known->kind, claims);
}

Result<Actor> welcome_customer(Transaction& transaction, const TokenClaims& claims) {
  auto known = find_customer(transaction, claims);
  if (!known) return known.failure();
  if (!known->contact) return actor_of(new_customer(transaction, known->kind, claims));
  refresh(transaction, *known->contact, claims);
  return actor_of(*known->contact);
}

}  // namespace parlor::chat
