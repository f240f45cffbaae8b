#include "store/sqlite/statement.h"

#include <sqlite3.h>

#include <stdexcept>
#include <string>

#include "store/sqlite/connection.h"

namespace parlor::store {

void throw_sqlite_error(sqlite3* connection, int code, std::string_view doing) {
  const int extended = connection ? sqlite3_extended_errcode(connection) : code;
  const char* why = connection ? sqlite3_errmsg(connection) : sqlite3_errstr(code);
  constexpr std::size_t kMaxShown = 60;  // of a statement, in the log
  throw SqliteError((extended & 0xff) == (code & 0xff) ? extended : code,
                    std::string(doing.substr(0, kMaxShown)) + ": " + why);
}

SqliteStatement::SqliteStatement(sqlite3* connection, const char* sql) : connection_(connection) {
  const int code =
      sqlite3_prepare_v3(connection, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle_, nullptr);
  if (code != SQLITE_OK) throw_sqlite_error(connection, code, sql);
  const int count = sqlite3_bind_parameter_count(handle_);
  for (int n = 1; n <= count; ++n)
    indexes_.push_back(sqlite3_bind_parameter_index(handle_, ("$" + std::to_string(n)).c_str()));
}

SqliteStatement::~SqliteStatement() { sqlite3_finalize(handle_); }

int SqliteStatement::index_of(int parameter) const {
  const auto at = static_cast<std::size_t>(parameter - 1);
  if (at >= indexes_.size() || indexes_[at] == 0)
    throw std::logic_error(std::string("no parameter $") + std::to_string(parameter) + " in " +
                           sqlite3_sql(handle_));
  return indexes_[at];
}

void SqliteStatement::check(int code) {
  if (code != SQLITE_OK) throw_sqlite_error(connection_, code, sqlite3_sql(handle_));
}

void SqliteStatement::bind(int parameter, std::int64_t value) {
  check(sqlite3_bind_int64(handle_, index_of(parameter), value));
}

void SqliteStatement::bind_text(int parameter, std::string_view value) {
  if (value.empty()) return bind_lasting_text(parameter, value);
  check(sqlite3_bind_text64(handle_, index_of(parameter), value.data(), value.size(),
                            SQLITE_TRANSIENT, SQLITE_UTF8));
}

void SqliteStatement::bind_lasting_text(int parameter, std::string_view value) {
  // An empty view may have no data at all, which SQLite would take for NULL.
  const char* data = value.empty() ? "" : value.data();
  check(sqlite3_bind_text64(handle_, index_of(parameter), data, value.size(), SQLITE_STATIC,
                            SQLITE_UTF8));
}

void SqliteStatement::bind_bytes(int parameter, std::string_view value) {
  const char* data = value.empty() ? "" : value.data();
  check(sqlite3_bind_blob64(handle_, index_of(parameter), data, value.size(), SQLITE_TRANSIENT));
}

bool SqliteStatement::step() {
  running_ = true;
  const int code = sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  throw_sqlite_error(connection_, code, sqlite3_sql(handle_));
}

void SqliteStatement::reset() noexcept {
  sqlite3_reset(handle_);
  running_ = false;
}

std::int64_t SqliteStatement::integer(int column) { return sqlite3_column_int64(handle_, column); }

std::string_view SqliteStatement::text(int column) {
  const void* data = sqlite3_column_blob(handle_, column);
  if (!data && sqlite3_column_type(handle_, column) != SQLITE_NULL &&
      sqlite3_errcode(connection_) == SQLITE_NOMEM)
    throw_sqlite_error(connection_, SQLITE_NOMEM, sqlite3_sql(handle_));
  return {static_cast<const char*>(data),
          static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

}  // namespace parlor::store
