// One connection to the SQLite file, with its prepared statements.
//
// Belongs to one thread. Every failure of SQLite is a SqliteError. The writer's connection opens a
// savepoint for a guarded job at the job's first write: see writer.h.
#pragma once

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <unordered_map>

#include "store/sql/connection.h"

struct sqlite3;

namespace parlor::store {

class SqliteError : public std::runtime_error {
 public:
  SqliteError(int code, const std::string& message) : std::runtime_error(message), code_(code) {}
  int code() const { return code_; }  // extended

  bool is_out_of_space() const;  // a full disk or no memory: may pass
  bool is_interrupted() const;
  bool is_damage() const;  // an I/O error or a damaged file: nothing may be written any more

 private:
  int code_;
};

class SqliteStatement;

class SqliteConnection final : public sql::Connection {
 public:
  enum class Mode { writer, reader, indexer };

  // `vfs` is the name of a registered SQLite VFS; empty = the default one.
  SqliteConnection(const std::string& file, Mode mode, const std::string& vfs = {});
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;
  ~SqliteConnection() override;

  sqlite3* handle() { return handle_; }
  void execute(const char* sql);  // one or more statements without parameters
  std::int64_t changed_rows() override;

  // False once SQLite has rolled the whole transaction back by itself.
  bool in_transaction();
  void begin();        // for reading
  void begin_write();  // waits at most 10 s for a checkpoint
  void commit();
  void rollback() noexcept;  // no-op outside a transaction

  // A job inside the transaction. What a guarded one writes until undo_job() can be undone, also
  // after a keep_job() that threw; of an unguarded one only what has not been written.
  void start_job(bool guarded);
  void keep_job();
  bool undo_job();  // whether nothing of it is left

  // Statements that run past it end with SQLITE_INTERRUPT. Readers only.
  void set_deadline(std::chrono::steady_clock::time_point deadline) { deadline_ = deadline; }

 protected:
  sql::Statement& prepare(sql::Sql sql) override;
  void before_write() override;

 private:
  static int past_deadline(void* connection);
  void configure();

  sqlite3* handle_ = nullptr;
  Mode mode_;
  bool guarded_ = false;
  bool has_written_ = false;  // the current job
  bool savepoint_open_ = false;
  std::chrono::steady_clock::time_point deadline_ = std::chrono::steady_clock::time_point::max();
  std::unordered_map<const char*, std::unique_ptr<SqliteStatement>> statements_;
};

}  // namespace parlor::store
