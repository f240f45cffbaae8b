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

}  // namespace parlor::store::sql
