// A prepared statement of a SqliteConnection.
#pragma once

#include <string_view>
#include <vector>

#include "store/sql/connection.h"

struct sqlite3;
struct sqlite3_stmt;

namespace parlor::store {

// Throws the connection's current error.
[[noreturn]] void throw_sqlite_error(sqlite3* connection, int code, std::string_view doing);

class SqliteStatement final : public sql::Statement {
 public:
  SqliteStatement(sqlite3* connection, const char* sql);
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;
  ~SqliteStatement() override;

  bool is_running() const { return running_; }

  void bind(int parameter, std::int64_t value) override;
  void bind_text(int parameter, std::string_view value) override;
  void bind_lasting_text(int parameter, std::string_view value) override;
  void bind_bytes(int parameter, std::string_view value) override;
  bool step() override;
  void reset() noexcept override;
  std::int64_t integer(int column) override;
  std::string_view text(int column) override;

 private:
  int index_of(int parameter) const;
  void check(int code);

  sqlite3_stmt* handle_ = nullptr;
  sqlite3* connection_;
  // SQLite numbers "$n" by first appearance, not by n: where each $n went, 0 = nowhere.
  std::vector<int> indexes_;
  bool running_ = false;
};

}  // namespace parlor::store
