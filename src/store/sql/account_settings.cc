#include <stdexcept>

#include "store/sql/administration.h"
#include "store/sql/encoding.h"

namespace parlor::store::sql {
namespace {

std::vector<std::string> as_list(const std::vector<chat::Placeholder>& placeholders) {
  std::vector<std::string> items;
  for (const auto& placeholder : placeholders) {
    items.push_back(placeholder.name);
    items.push_back(placeholder.text);
  }
  return items;
}

std::vector<chat::Placeholder> from_list(const std::vector<std::string>& items) {
  if (items.size() % 2 != 0) throw std::runtime_error("a damaged row of account_settings");
  std::vector<chat::Placeholder> placeholders;
  for (std::size_t i = 0; i < items.size(); i += 2) {
    placeholders.push_back({items[i], items[i + 1]});
  }
  return placeholders;
}

}  // namespace

chat::AccountSettings SqlAccountSettings::find(AccountId account) {
  return by_account_.find(account, [&] { return read(account); });
}

chat::AccountSettings SqlAccountSettings::read(AccountId account) {
  chat::AccountSettings settings;
  settings.account = account;
  auto rows = db_.read(
      "SELECT client_code, waiting_sends, attachment_bytes, placeholders FROM account_settings"
      " WHERE account = $1",
      account);
  if (!rows.next()) return settings;
  std::vector<std::string> placeholders;
  rows.read(std::tie(settings.client_code, settings.waiting_sends, settings.attachment_bytes,
                     placeholders));
  settings.placeholders = from_list(placeholders);
  return settings;
}

void SqlAccountSettings::put(const chat::AccountSettings& settings) {
  forget();
  db_.write(
      "INSERT INTO account_settings (account, client_code, waiting_sends, attachment_bytes,"
      " placeholders) VALUES ($1, $2, $3, $4, $5)"
      " ON CONFLICT (account) DO UPDATE SET client_code = $2, waiting_sends = $3,"
      " attachment_bytes = $4, placeholders = $5",
      settings.account, settings.client_code, settings.waiting_sends, settings.attachment_bytes,
      as_list(settings.placeholders));
}

}  // namespace parlor::store::sql
