#include "store/sql/encoding.h"
#include "store/sql/repositories.h"

namespace parlor::store::sql {
namespace {

// Every query selects these columns, in this order.
#define INBOX_COLUMNS                                                              \
  "account, id, name, icon, channel, algorithm, visibility, created_at, has_bot, " \
  "away_message, hours, pre_chat_fields"

auto fields(auto& inbox) {
  return std::tie(inbox.account, inbox.id, inbox.name, inbox.icon, inbox.channel, inbox.algorithm,
                  inbox.visibility, inbox.created_at, inbox.has_bot, inbox.away_message,
                  inbox.hours, inbox.pre_chat_fields);
}

}  // namespace

void SqlInboxes::forget() {
  by_id_.forget();
  membership_.forget();
  first_.forget();
}

std::optional<chat::Inbox> SqlInboxes::find(AccountId account, InboxId id) {
  return by_id_.find({account, id}, [&]() -> std::optional<chat::Inbox> {
    auto rows =
        db_.read("SELECT " INBOX_COLUMNS " FROM inbox WHERE account = $1 AND id = $2", account, id);
    if (!rows.next()) return std::nullopt;
    chat::Inbox inbox;
    rows.read(fields(inbox));
    return inbox;
  });
}

std::vector<chat::Inbox> SqlInboxes::list(AccountId account) {
  std::vector<chat::Inbox> inboxes;
  for (auto rows = db_.read("SELECT " INBOX_COLUMNS
                            " FROM inbox WHERE account = $1 ORDER BY name, id LIMIT $2",
                            account, kMaxListed);
       rows.next();)
    rows.read(fields(inboxes.emplace_back()));
  return inboxes;
}

std::optional<chat::Inbox> SqlInboxes::first_of(AccountId account, chat::Channel channel) {
  const auto id = first_.find({account, channel}, [&]() -> InboxId {
    auto rows = db_.read(
        "SELECT id FROM inbox WHERE account = $1 AND channel = $2 ORDER BY created_at, id LIMIT 1",
        account, channel);
    return rows.next() ? rows.get<InboxId>(0) : InboxId{};
  });
  if (!id) return std::nullopt;
  return find(account, id);
}

void SqlInboxes::insert(const chat::Inbox& inbox) {
  forget();
  db_.write_row("INSERT INTO inbox (" INBOX_COLUMNS
                ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
                fields(inbox));
}

void SqlInboxes::update(const chat::Inbox& inbox) {
  forget();
  db_.write_row(
      "UPDATE inbox SET name = $3, icon = $4, channel = $5, algorithm = $6, visibility = $7,"
      " created_at = $8, has_bot = $9, away_message = $10,"
      " hours = $11, pre_chat_fields = $12 WHERE account = $1 AND id = $2",
      fields(inbox));
}

void SqlInboxes::add_member(AccountId account, InboxId inbox, ConversationId agent) {
  forget();
  db_.write(
      "INSERT INTO inbox_member (account, inbox, agent) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
      account, inbox, agent);
}

void SqlInboxes::remove_member(AccountId account, InboxId inbox, ConversationId agent) {
  forget();
  db_.write("DELETE FROM inbox_member WHERE account = $1 AND inbox = $2 AND agent = $3", account,
            inbox, agent);
}

bool SqlInboxes::is_member(AccountId account, InboxId inbox, ConversationId agent) {
  return membership_.find({account, inbox, agent}, [&] {
    return db_
        .read("SELECT 1 FROM inbox_member WHERE account = $1 AND inbox = $2 AND agent = $3",
              account, inbox, agent)
        .next();
  });
}

std::vector<ConversationId> SqlInboxes::members(AccountId account, InboxId inbox) {
  std::vector<ConversationId> members;
  for (auto rows = db_.read(
           "SELECT agent FROM inbox_member WHERE account = $1 AND inbox = $2 ORDER BY agent",
           account, inbox);
       rows.next();)
    members.push_back(rows.get<ConversationId>(0));
  return members;
}

std::vector<InboxId> SqlInboxes::of_member(AccountId account, ConversationId agent) {
  std::vector<InboxId> inboxes;
  for (auto rows = db_.read(
           "SELECT inbox FROM inbox_member WHERE account = $1 AND agent = $2 ORDER BY inbox",
           account, agent);
       rows.next();)
    inboxes.push_back(rows.get<InboxId>(0));
  return inboxes;
}

}  // namespace parlor::store::sql
