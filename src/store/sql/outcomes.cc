#include "store/sql/repositories.h"

namespace parlor::store::sql {

std::optional<chat::StoredOutcome> SqlOutcomes::find(const chat::OutcomeKey& key) {
  auto rows = db_.read(
      "SELECT body_digest, subject, detail, created_at FROM outcome"
      " WHERE account = $1 AND actor = $2 AND operation = $3 AND client_id = $4",
      key.account, key.actor, key.operation, key.client_id);
  if (!rows.next()) return std::nullopt;
  chat::StoredOutcome outcome;
  rows.read(std::tie(outcome.body_digest, outcome.subject, outcome.detail, outcome.created_at));
  return outcome;
}

void SqlOutcomes::insert(const chat::OutcomeKey& key, const chat::StoredOutcome& outcome) {
  db_.write(
      "INSERT INTO outcome (account, actor, operation, client_id, body_digest, subject, detail,"
      " created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      key.account, key.actor, key.operation, key.client_id, Bytes{outcome.body_digest},
      outcome.subject, outcome.detail, outcome.created_at);
}

std::optional<chat::OutcomeKey> SqlOutcomes::remove_old(Timestamp before,
                                                        const chat::OutcomeKey& after, int limit) {
  std::optional<chat::OutcomeKey> last;
  std::vector<chat::OutcomeKey> old;
  for (auto rows = db_.read("SELECT account, actor, operation, client_id, created_at FROM outcome"
                            " WHERE (account, actor, operation, client_id) > ($1, $2, $3, $4)"
                            " ORDER BY account, actor, operation, client_id LIMIT $5",
                            after.account, after.actor, after.operation, after.client_id, limit);
       rows.next();) {
    auto& key = last.emplace();
    Timestamp created_at;
    rows.read(std::tie(key.account, key.actor, key.operation, key.client_id, created_at));
    if (created_at < before) old.push_back(key);
  }
  for (const auto& key : old)
    db_.write(
        "DELETE FROM outcome"
        " WHERE account = $1 AND actor = $2 AND operation = $3 AND client_id = $4",
        key.account, key.actor, key.operation, key.client_id);
  return last;
}

}  // namespace parlor::store::sql
