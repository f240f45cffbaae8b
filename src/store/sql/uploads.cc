#include "store/sql/uploads.h"

namespace parlor::store::sql {
namespace {

#define UPLOAD_COLUMNS                                                                           \
  "account, key, uploader, name, type, size, width, height, has_thumbnail, created_at, sent_at," \
  " duration_s"

auto fields(auto& upload) {
  auto& file = upload.file;
  return std::tie(upload.account, file.key, upload.uploader, upload.name, file.type, file.size,
                  file.width, file.height, file.has_thumbnail, upload.created_at, upload.sent_at,
                  file.duration_s);
}

}  // namespace

std::optional<chat::Upload> SqlUploads::find(std::string_view key) {
  auto rows = db_.read("SELECT " UPLOAD_COLUMNS " FROM upload WHERE key = $1", key);
  if (!rows.next()) return std::nullopt;
  chat::Upload upload;
  rows.read(fields(upload));
  return upload;
}

int SqlUploads::count_unsent(AccountId account, ConversationId uploader, int limit) {
  auto rows = db_.read(
      "SELECT count(*) FROM (SELECT 1 FROM upload WHERE account = $1 AND uploader = $2"
      " AND sent_at = 0 LIMIT $3)",
      account, uploader, limit);
  rows.next();
  return static_cast<int>(rows.integer(0));
}

void SqlUploads::insert(const chat::Upload& upload) {
  db_.write_row("INSERT INTO upload (" UPLOAD_COLUMNS
                ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
                fields(upload));
}

void SqlUploads::mark_sent(AccountId account, std::string_view key, Timestamp at) {
  db_.write("UPDATE upload SET sent_at = $3 WHERE account = $1 AND key = $2", account, key, at);
}

std::vector<std::string> SqlUploads::remove_unsent(Timestamp made_before, int limit) {
  std::vector<std::pair<AccountId, std::string>> expired;
  for (auto rows = db_.read("SELECT account, key FROM upload WHERE sent_at = 0 AND created_at < $1"
                            " ORDER BY created_at LIMIT $2",
                            made_before, limit);
       rows.next();) {
    expired.emplace_back(rows.get<AccountId>(0), rows.text(1));
  }
  std::vector<std::string> keys;
  for (auto& [account, key] : expired) {
    db_.write("DELETE FROM upload WHERE account = $1 AND key = $2", account, key);
    keys.push_back(std::move(key));
  }
  return keys;
}

}  // namespace parlor::store::sql
