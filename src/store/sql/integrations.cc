#include "store/sql/administration.h"
#include "store/sql/repositories.h"

namespace parlor::store::sql {
namespace {

auto fields(auto& integration) {
  return std::tie(integration.account, integration.id, integration.name, integration.key_hash,
                  integration.created_at);
}

}  // namespace

std::optional<chat::Integration> SqlIntegrations::find(AccountId account, IntegrationId id) {
  auto rows = db_.read(
      "SELECT account, id, name, key_hash, created_at FROM integration"
      " WHERE account = $1 AND id = $2",
      account, id);
  if (!rows.next()) return std::nullopt;
  chat::Integration integration;
  rows.read(fields(integration));
  return integration;
}

std::optional<chat::Integration> SqlIntegrations::find_by_hash(std::string_view sha256) {
  AccountId account;
  IntegrationId id;
  {
    auto rows = db_.read("SELECT account, integration FROM integration_hash WHERE hash = $1",
                         Bytes{sha256});
    if (!rows.next()) return std::nullopt;
    rows.read(std::tie(account, id));
  }
  return find(account, id);
}

std::vector<chat::Integration> SqlIntegrations::list(AccountId account) {
  std::vector<chat::Integration> integrations;
  for (auto rows = db_.read("SELECT account, id, name, key_hash, created_at FROM integration"
                            " WHERE account = $1 ORDER BY name, id LIMIT $2",
                            account, kMaxListed);
       rows.next();)
    rows.read(fields(integrations.emplace_back()));
  return integrations;
}

void SqlIntegrations::insert(const chat::Integration& integration) {
  db_.write(
      "INSERT INTO integration (account, id, name, key_hash, created_at)"
      " VALUES ($1, $2, $3, $4, $5)",
      integration.account, integration.id, integration.name, Bytes{integration.key_hash},
      integration.created_at);
  db_.write("INSERT INTO integration_hash (hash, account, integration) VALUES ($1, $2, $3)",
            Bytes{integration.key_hash}, integration.account, integration.id);
}

void SqlIntegrations::remove(const chat::Integration& integration) {
  db_.write("DELETE FROM integration_hash WHERE hash = $1", Bytes{integration.key_hash});
  db_.write("DELETE FROM integration WHERE account = $1 AND id = $2", integration.account,
            integration.id);
}

}  // namespace parlor::store::sql
