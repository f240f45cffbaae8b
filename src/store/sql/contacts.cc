#include "store/sql/repositories.h"

namespace parlor::store::sql {
namespace {

#define CONTACT_COLUMNS                                                                      \
  "account, id, conversation, name, email, phone, identifier, created_at, blocked_at, kind," \
  " external_id, tokens_not_before"

constexpr int kMaxFound = 100;

auto fields(auto& contact) {
  return std::tie(contact.account, contact.id, contact.conversation, contact.name, contact.email,
                  contact.phone, contact.identifier, contact.created_at, contact.blocked_at,
                  contact.kind, contact.external_id, contact.tokens_not_before);
}

std::optional<chat::Contact> first(Rows rows) {
  if (!rows.next()) return std::nullopt;
  chat::Contact contact;
  rows.read(fields(contact));
  return contact;
}

std::vector<chat::Contact> all(Rows rows) {
  std::vector<chat::Contact> contacts;
  while (rows.next()) rows.read(fields(contacts.emplace_back()));
  return contacts;
}

}  // namespace

std::optional<chat::Contact> SqlContacts::find(AccountId account, ContactId id) {
  return first(db_.read("SELECT " CONTACT_COLUMNS " FROM contact WHERE account = $1 AND id = $2",
                        account, id));
}

std::optional<chat::Contact> SqlContacts::find_by_conversation(AccountId account,
                                                               ConversationId id) {
  return first(db_.read("SELECT " CONTACT_COLUMNS
                        " FROM contact WHERE account = $1 AND conversation = $2",
                        account, id));
}

std::optional<chat::Contact> SqlContacts::find_by_identifier(AccountId account,
                                                             std::string_view identifier) {
  return first(db_.read("SELECT " CONTACT_COLUMNS
                        " FROM contact WHERE account = $1 AND identifier = $2"
                        " AND identifier <> ''",
                        account, identifier));
}

std::optional<chat::Contact> SqlContacts::find_by_external_id(AccountId account,
                                                              chat::ContactKind kind,
                                                              std::string_view external_id) {
  return first(db_.read("SELECT " CONTACT_COLUMNS
                        " FROM contact WHERE account = $1 AND kind = $2 AND external_id = $3"
                        " AND external_id <> ''",
                        account, kind, external_id));
}

std::optional<chat::Contact> SqlContacts::find_by_device(AccountId account, SupportTokenId token,
                                                         std::string_view device_id) {
  ContactId contact;
  {
    auto rows = db_.read(
        "SELECT contact, ended_at FROM visitor_session"
        " WHERE account = $1 AND support_token = $2 AND device_id = $3 AND device_id <> ''"
        " ORDER BY created_at DESC, id DESC LIMIT 1",
        account, token, device_id);
    if (!rows.next() || rows.integer(1) != 0) return std::nullopt;
    contact = rows.get<ContactId>(0);
  }
  return find(account, contact);
}

std::vector<chat::Contact> SqlContacts::find_by_email(AccountId account,
                                                      std::string_view email_lower_case) {
  return all(db_.read("SELECT " CONTACT_COLUMNS
                      " FROM contact WHERE account = $1 AND lower(email) = $2 AND email <> ''"
                      " LIMIT $3",
                      account, email_lower_case, kMaxFound));
}

std::vector<chat::Contact> SqlContacts::find_by_phone(AccountId account, std::string_view phone) {
  return all(db_.read("SELECT " CONTACT_COLUMNS
                      " FROM contact WHERE account = $1 AND phone = $2 AND phone <> '' LIMIT $3",
                      account, phone, kMaxFound));
}

void SqlContacts::insert(const chat::Contact& contact) {
  db_.write_row("INSERT INTO contact (" CONTACT_COLUMNS
                ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
                fields(contact));
  if (!contact.name.empty() || !contact.email.empty())
    search_.contact_written(contact.account, contact.id);
}

void SqlContacts::update(const chat::Contact& contact) {
  const auto before = find(contact.account, contact.id);
  db_.write_row(
      "UPDATE contact SET conversation = $3, name = $4, email = $5, phone = $6, identifier = $7,"
      " created_at = $8, blocked_at = $9, kind = $10, external_id = $11, tokens_not_before = $12"
      " WHERE account = $1 AND id = $2",
      fields(contact));
  if (before && (before->name != contact.name || before->email != contact.email))
    search_.contact_written(contact.account, contact.id);
}

}  // namespace parlor::store::sql
