#include "store/sql/repositories.h"

namespace parlor::store::sql {
namespace {

auto fields(auto& account) {
  return std::tie(account.id, account.name, account.jwt_secret, account.identity_key,
                  account.created_at);
}

}  // namespace

std::optional<chat::Account> SqlAccounts::find(AccountId id) {
  auto rows = db_.read(
      "SELECT id, name, jwt_secret, identity_key, created_at FROM account WHERE id = $1", id);
  if (!rows.next()) return std::nullopt;
  chat::Account account;
  rows.read(fields(account));
  return account;
}

std::vector<chat::Account> SqlAccounts::list() {
  std::vector<chat::Account> accounts;
  for (auto rows = db_.read("SELECT id, name, jwt_secret, identity_key, created_at FROM account"
                            " ORDER BY id LIMIT $1",
                            kMaxListed);
       rows.next();)
    rows.read(fields(accounts.emplace_back()));
  return accounts;
}

void SqlAccounts::insert(const chat::Account& account) {
  db_.write_row(
      "INSERT INTO account (id, name, jwt_secret, identity_key, created_at)"
      " VALUES ($1, $2, $3, $4, $5)",
      fields(account));
}

void SqlAccounts::update(const chat::Account& account) {
  db_.write_row(
      "UPDATE account SET name = $2, jwt_secret = $3, identity_key = $4, created_at = $5"
      " WHERE id = $1",
      fields(account));
}

std::vector<chat::HostKey> SqlAccounts::host_keys(AccountId account) {
  std::vector<chat::HostKey> keys;
  for (auto rows = db_.read("SELECT key_id, material, algorithm FROM host_key WHERE account = $1"
                            " ORDER BY key_id, material LIMIT $2",
                            account, kMaxListed);
       rows.next();) {
    auto& key = keys.emplace_back();
    key.account = account;
    rows.read(std::tie(key.key_id, key.material, key.algorithm));
  }
  return keys;
}

void SqlAccounts::insert_host_key(const chat::HostKey& key) {
  db_.write("INSERT INTO host_key (account, key_id, material, algorithm) VALUES ($1, $2, $3, $4)",
            key.account, key.key_id, key.material, key.algorithm);
}

void SqlAccounts::remove_host_key(const chat::HostKey& key) {
  db_.write("DELETE FROM host_key WHERE account = $1 AND key_id = $2 AND material = $3",
            key.account, key.key_id, key.material);
}

}  // namespace parlor::store::sql
