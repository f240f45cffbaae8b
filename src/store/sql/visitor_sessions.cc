#include "store/sql/repositories.h"

namespace parlor::store::sql {

std::optional<chat::VisitorSession> SqlVisitorSessions::find_by_hash(std::string_view sha256) {
  chat::VisitorSession session;
  {
    auto rows = db_.read("SELECT account, session FROM visitor_session_hash WHERE hash = $1",
                         Bytes{sha256});
    if (!rows.next()) return std::nullopt;
    rows.read(std::tie(session.account, session.id));
  }
  auto rows = db_.read(
      "SELECT support_token, contact, secret_hash, device_id, address, verified, created_at,"
      " last_activity, expires_at, ended_at, language, timezone, page FROM visitor_session"
      " WHERE account = $1 AND id = $2",
      session.account, session.id);
  if (!rows.next()) return std::nullopt;
  rows.read(std::tie(session.support_token, session.contact, session.secret_hash, session.device_id,
                     session.address, session.verified, session.created_at, session.last_activity,
                     session.expires_at, session.ended_at, session.surroundings.language,
                     session.surroundings.timezone, session.surroundings.page));
  return session;
}

std::vector<chat::VisitorSession> SqlVisitorSessions::of_contact(AccountId account,
                                                                 ContactId contact, int limit) {
  std::vector<chat::VisitorSession> sessions;
  for (auto rows = db_.read(
           "SELECT account, id, support_token, contact, secret_hash, device_id, address, verified,"
           " created_at, last_activity, expires_at, ended_at, language, timezone, page"
           " FROM visitor_session"
           " WHERE account = $1 AND contact = $2 ORDER BY created_at DESC, id DESC LIMIT $3",
           account, contact, limit);
       rows.next();) {
    auto& session = sessions.emplace_back();
    rows.read(std::tie(session.account, session.id, session.support_token, session.contact,
                       session.secret_hash, session.device_id, session.address, session.verified,
                       session.created_at, session.last_activity, session.expires_at,
                       session.ended_at, session.surroundings.language,
                       session.surroundings.timezone, session.surroundings.page));
  }
  return sessions;
}

void SqlVisitorSessions::insert(const chat::VisitorSession& session) {
  db_.write(
      "INSERT INTO visitor_session (account, id, support_token, contact, secret_hash, device_id,"
      " address, verified, created_at, last_activity, expires_at, ended_at, language, timezone,"
      " page) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
      session.account, session.id, session.support_token, session.contact,
      Bytes{session.secret_hash}, session.device_id, session.address, session.verified,
      session.created_at, session.last_activity, session.expires_at, session.ended_at,
      session.surroundings.language, session.surroundings.timezone, session.surroundings.page);
  db_.write("INSERT INTO visitor_session_hash (hash, account, session) VALUES ($1, $2, $3)",
            Bytes{session.secret_hash}, session.account, session.id);
}

// The secret, the device and the site of a session never change.
void SqlVisitorSessions::update(const chat::VisitorSession& session) {
  db_.write(
      "UPDATE visitor_session SET contact = $3, address = $4, verified = $5, last_activity = $6,"
      " expires_at = $7, ended_at = $8, language = $9, timezone = $10, page = $11"
      " WHERE account = $1 AND id = $2",
      session.account, session.id, session.contact, session.address, session.verified,
      session.last_activity, session.expires_at, session.ended_at, session.surroundings.language,
      session.surroundings.timezone, session.surroundings.page);
}

}  // namespace parlor::store::sql
