#include <stdexcept>

#include "store/sql/administration.h"
#include "store/sql/encoding.h"

namespace parlor::store::sql {
namespace {

std::vector<std::string> as_list(const std::vector<chat::AuditChange>& changes) {
  std::vector<std::string> items;
  for (const auto& change : changes) {
    items.push_back(change.field);
    items.push_back(change.from);
    items.push_back(change.to);
  }
  return items;
}

std::vector<chat::AuditChange> from_list(const std::vector<std::string>& items) {
  if (items.size() % 3 != 0) throw std::runtime_error("a damaged row of audit");
  std::vector<chat::AuditChange> changes;
  for (std::size_t i = 0; i < items.size(); i += 3) {
    changes.push_back({items[i], items[i + 1], items[i + 2]});
  }
  return changes;
}

}  // namespace

void SqlAuditLog::append(const chat::AuditEntry& entry) {
  db_.write(
      "INSERT INTO audit (account, number, at, actor, actor_name, action, subject, subject_name,"
      " changes) VALUES ($1,"
      " 1 + coalesce((SELECT max(number) FROM audit WHERE account = $1), 0),"
      " $2, $3, $4, $5, $6, $7, $8)",
      entry.account, entry.at, entry.actor, entry.actor_name, entry.action, entry.subject,
      entry.subject_name, as_list(entry.changes));
}

std::vector<chat::AuditEntry> SqlAuditLog::list(AccountId account, std::int64_t before, int limit) {
  std::vector<chat::AuditEntry> entries;
  for (auto rows = db_.read(
           "SELECT account, number, at, actor, actor_name, action, subject, subject_name, changes"
           " FROM audit WHERE account = $1 AND number < $2 ORDER BY number DESC LIMIT $3",
           account, before, limit);
       rows.next();) {
    auto& entry = entries.emplace_back();
    std::vector<std::string> changes;
    rows.read(std::tie(entry.account, entry.number, entry.at, entry.actor, entry.actor_name,
                       entry.action, entry.subject, entry.subject_name, changes));
    entry.changes = from_list(changes);
  }
  return entries;
}

}  // namespace parlor::store::sql
