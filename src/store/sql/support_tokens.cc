#include "store/sql/encoding.h"
#include "store/sql/repositories.h"

namespace parlor::store::sql {
namespace {

auto fields(auto& token) {
  return std::tie(token.account, token.id, token.name, token.token_hash, token.domains,
                  token.scopes, token.expires_at, token.revoked_at, token.created_at,
                  token.last_seen);
}

#define TOKEN_COLUMNS \
  "account, id, name, token_hash, domains, scopes, expires_at, revoked_at, created_at, last_seen"

}  // namespace

std::optional<chat::SupportToken> SqlSupportTokens::find_by_hash(std::string_view sha256) {
  AccountId account;
  SupportTokenId id;
  {
    auto rows = db_.read("SELECT account, support_token FROM support_token_hash WHERE hash = $1",
                         Bytes{sha256});
    if (!rows.next()) return std::nullopt;
    rows.read(std::tie(account, id));
  }
  return find(account, id);
}

std::optional<chat::SupportToken> SqlSupportTokens::find(AccountId account, SupportTokenId id) {
  auto rows = db_.read("SELECT " TOKEN_COLUMNS " FROM support_token WHERE account = $1 AND id = $2",
                       account, id);
  if (!rows.next()) return std::nullopt;
  chat::SupportToken token;
  rows.read(fields(token));
  return token;
}

std::vector<chat::SupportToken> SqlSupportTokens::list(AccountId account) {
  std::vector<chat::SupportToken> tokens;
  for (auto rows = db_.read("SELECT " TOKEN_COLUMNS " FROM support_token WHERE account = $1"
                            " ORDER BY revoked_at <> 0, id LIMIT $2",
                            account, kMaxListed);
       rows.next();)
    rows.read(fields(tokens.emplace_back()));
  return tokens;
}

void SqlSupportTokens::insert(const chat::SupportToken& token) {
  db_.write("INSERT INTO support_token (" TOKEN_COLUMNS
            ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            token.account, token.id, token.name, Bytes{token.token_hash}, token.domains,
            token.scopes, token.expires_at, token.revoked_at, token.created_at, token.last_seen);
  db_.write("INSERT INTO support_token_hash (hash, account, support_token) VALUES ($1, $2, $3)",
            Bytes{token.token_hash}, token.account, token.id);
}

// The token itself never changes, so its hash stays.
void SqlSupportTokens::update(const chat::SupportToken& token) {
  db_.write(
      "UPDATE support_token SET name = $3, domains = $4, scopes = $5, expires_at = $6,"
      " revoked_at = $7, last_seen = $8 WHERE account = $1 AND id = $2",
      token.account, token.id, token.name, token.domains, token.scopes, token.expires_at,
      token.revoked_at, token.last_seen);
}

}  // namespace parlor::store::sql
