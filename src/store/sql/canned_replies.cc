#include "store/sql/administration.h"
#include "store/sql/repositories.h"

namespace parlor::store::sql {
namespace {

// Every query selects these columns, in this order.
#define CANNED_COLUMNS "account, id, inbox, short_code, text, created_at, updated_at"

auto fields(auto& canned) {
  return std::tie(canned.account, canned.id, canned.inbox, canned.short_code, canned.text,
                  canned.created_at, canned.updated_at);
}

std::optional<chat::CannedReply> first(Rows rows) {
  if (!rows.next()) return std::nullopt;
  chat::CannedReply canned;
  rows.read(fields(canned));
  return canned;
}

}  // namespace

std::optional<chat::CannedReply> SqlCannedReplies::find(AccountId account, CannedReplyId id) {
  return first(db_.read(
      "SELECT " CANNED_COLUMNS " FROM canned_reply WHERE account = $1 AND id = $2", account, id));
}

std::optional<chat::CannedReply> SqlCannedReplies::find_by_code(AccountId account, InboxId inbox,
                                                                std::string_view short_code) {
  return first(db_.read("SELECT " CANNED_COLUMNS
                        " FROM canned_reply WHERE account = $1 AND inbox = $2 AND short_code = $3",
                        account, inbox, short_code));
}

std::vector<chat::CannedReply> SqlCannedReplies::list(AccountId account) {
  std::vector<chat::CannedReply> replies;
  for (auto rows = db_.read("SELECT " CANNED_COLUMNS " FROM canned_reply WHERE account = $1"
                            " ORDER BY short_code, inbox LIMIT $2",
                            account, kMaxListed);
       rows.next();)
    rows.read(fields(replies.emplace_back()));
  return replies;
}

void SqlCannedReplies::insert(const chat::CannedReply& canned) {
  db_.write_row("INSERT INTO canned_reply (" CANNED_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7)",
                fields(canned));
}

void SqlCannedReplies::update(const chat::CannedReply& canned) {
  db_.write_row(
      "UPDATE canned_reply SET inbox = $3, short_code = $4, text = $5, created_at = $6,"
      " updated_at = $7 WHERE account = $1 AND id = $2",
      fields(canned));
}

void SqlCannedReplies::remove(AccountId account, CannedReplyId id) {
  db_.write("DELETE FROM canned_reply WHERE account = $1 AND id = $2", account, id);
}

}  // namespace parlor::store::sql
