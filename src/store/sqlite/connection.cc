#include "store/sqlite/connection.h"

#include <sqlite3.h>

#include "store/sqlite/statement.h"

namespace parlor::store {
namespace {

constexpr int kBusyTimeoutMs = 10'000;
constexpr int kStepsBetweenDeadlineChecks = 4'000;

}  // namespace

bool SqliteError::is_out_of_space() const {
  const int primary = code_ & 0xff;
  return primary == SQLITE_FULL || primary == SQLITE_NOMEM || code_ == SQLITE_IOERR_NOMEM;
}

bool SqliteError::is_interrupted() const { return (code_ & 0xff) == SQLITE_INTERRUPT; }

bool SqliteError::is_damage() const {
  const int primary = code_ & 0xff;
  return !is_out_of_space() && (primary == SQLITE_IOERR || primary == SQLITE_CORRUPT ||
                                primary == SQLITE_NOTADB || primary == SQLITE_READONLY);
}

SqliteConnection::SqliteConnection(const std::string& file, Mode mode, const std::string& vfs)
    : mode_(mode) {
  const int flags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (mode == Mode::reader ? 0 : SQLITE_OPEN_CREATE);
  const int code =
      sqlite3_open_v2(file.c_str(), &handle_, flags, vfs.empty() ? nullptr : vfs.c_str());
  try {
    if (code != SQLITE_OK) throw_sqlite_error(handle_, code, "opening " + file);
    configure();
  } catch (...) {
    statements_.clear();
    sqlite3_close(handle_);
    throw;
  }
}

void SqliteConnection::configure() {
  sqlite3_extended_result_codes(handle_, 1);
  sqlite3_busy_timeout(handle_, kBusyTimeoutMs);
  // A plan is made once, not anew for each value that is compared with a partial index.
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
  execute(
      "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 0;"
      "PRAGMA secure_delete = FAST; PRAGMA trusted_schema = OFF;");
  if (mode_ == Mode::indexer) {
    execute("PRAGMA cache_size = -4096; PRAGMA wal_autocheckpoint = 1000");
  } else if (mode_ == Mode::writer) {
    // Savepoints keep the pages they may have to restore in a temporary journal. By default that is
    // one block of memory (64 KB, then a file); with temp_store = MEMORY it is many small ones.
    execute("PRAGMA cache_size = -65536");
  } else {
    // Pages are the system's to keep: what a reader keeps itself is void after the next commit.
    execute("PRAGMA cache_size = -512; PRAGMA temp_store = MEMORY; PRAGMA query_only = ON");
    sqlite3_progress_handler(handle_, kStepsBetweenDeadlineChecks, past_deadline, this);
  }
}

SqliteConnection::~SqliteConnection() {
  statements_.clear();
  sqlite3_close(handle_);
}

int SqliteConnection::past_deadline(void* connection) {
  const auto deadline = static_cast<SqliteConnection*>(connection)->deadline_;
  return deadline != std::chrono::steady_clock::time_point::max() &&
         std::chrono::steady_clock::now() > deadline;
}

void SqliteConnection::execute(const char* sql) {
  const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw_sqlite_error(handle_, code, sql);
}

std::int64_t SqliteConnection::changed_rows() { return sqlite3_changes64(handle_); }

bool SqliteConnection::in_transaction() { return sqlite3_get_autocommit(handle_) == 0; }

void SqliteConnection::begin() { read("BEGIN").next(); }
void SqliteConnection::begin_write() { read("BEGIN IMMEDIATE").next(); }
void SqliteConnection::commit() { read("COMMIT").next(); }

void SqliteConnection::rollback() noexcept {
  has_written_ = savepoint_open_ = false;
  if (in_transaction()) sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr);
}

void SqliteConnection::start_job(bool guarded) {
  guarded_ = guarded;
  has_written_ = savepoint_open_ = false;
}

void SqliteConnection::keep_job() {
  guarded_ = false;
  if (!savepoint_open_) return;
  read("RELEASE job").next();
  savepoint_open_ = false;
}

bool SqliteConnection::undo_job() {
  guarded_ = false;
  if (!savepoint_open_) return !has_written_;
  read("ROLLBACK TO job").next();
  read("RELEASE job").next();
  savepoint_open_ = false;
  return true;
}

sql::Statement& SqliteConnection::prepare(sql::Sql sql) {
  auto& statement = statements_[sql.text];
  if (!statement) statement = std::make_unique<SqliteStatement>(handle_, sql.text);
  if (statement->is_running()) throw std::logic_error(std::string("already running: ") + sql.text);
  return *statement;
}

void SqliteConnection::before_write() {
  if (mode_ == Mode::reader) throw std::logic_error("a read-only transaction cannot write");
  if (guarded_ && !savepoint_open_) {
    read("SAVEPOINT job").next();
    savepoint_open_ = true;
  }
  has_written_ = true;
}

}  // namespace parlor::store
