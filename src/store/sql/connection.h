// SQL as the repositories speak it: one connection of a database, its prepared statements, and how
// plain values become parameters and columns.
//
//   for (auto rows = db.read("SELECT id FROM room WHERE account = $1", account); rows.next();) ...
//   db.write("UPDATE room SET seq = $3 WHERE account = $1 AND id = $2", account, id, seq);
//
// Not thread-safe: a connection belongs to one thread. Faults of the database are exceptions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/id.h"

namespace parlor::store::sql {

// The text of a statement: a literal, so that its address identifies the prepared statement.
// Parameters are $1, $2, …: the number says which value it takes, wherever it stands.
struct Sql {
  consteval Sql(const char* literal) : text(literal) {}
  const char* text;
};

class Statement {
 public:
  virtual ~Statement() = default;
  virtual void bind(int parameter, std::int64_t value) = 0;
  virtual void bind_text(int parameter, std::string_view value) = 0;  // copied
  virtual void bind_bytes(int parameter, std::string_view value) = 0;
  // Not copied: it must stay as it is until reset().
  virtual void bind_lasting_text(int parameter, std::string_view value) = 0;
  virtual bool step() = 0;  // whether there is a row
  virtual void reset() noexcept = 0;
  virtual std::int64_t integer(int column) = 0;
  virtual std::string_view text(int column) = 0;  // or bytes; until the next step
};

// Bytes that are no text.
struct Bytes {
  std::string_view value;
};

inline void bind(Statement& s, int at, std::int64_t value) { s.bind(at, value); }
inline void bind(Statement& s, int at, int value) { s.bind(at, std::int64_t{value}); }
inline void bind(Statement& s, int at, bool value) { s.bind(at, std::int64_t{value}); }
inline void bind(Statement& s, int at, Timestamp value) { s.bind(at, value.ms); }
inline void bind(Statement& s, int at, std::string_view value) { s.bind_text(at, value); }
inline void bind(Statement& s, int at, const std::string& value) { s.bind_text(at, value); }
inline void bind(Statement& s, int at, Bytes value) { s.bind_bytes(at, value.value); }
template <class Tag>
void bind(Statement& s, int at, Id<Tag> value) {
  s.bind(at, value.value);
}
template <class Enum>
requires std::is_enum_v<Enum>
void bind(Statement& s, int at, Enum value) { s.bind(at, static_cast<std::int64_t>(value)); }

inline void decode(Statement& s, int at, std::int64_t& to) { to = s.integer(at); }
inline void decode(Statement& s, int at, int& to) { to = static_cast<int>(s.integer(at)); }
inline void decode(Statement& s, int at, bool& to) { to = s.integer(at) != 0; }
inline void decode(Statement& s, int at, Timestamp& to) { to.ms = s.integer(at); }
inline void decode(Statement& s, int at, std::string& to) { to = s.text(at); }
template <class Tag>
void decode(Statement& s, int at, Id<Tag>& to) {
  to.value = s.integer(at);
}
template <class Enum>
requires std::is_enum_v<Enum>
void decode(Statement& s, int at, Enum& to) { to = static_cast<Enum>(s.integer(at)); }

// The rows of one running statement. The statement is free again when this is gone.
class Rows {
 public:
  explicit Rows(Statement& statement) : statement_(&statement) {}
  Rows(Rows&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
  Rows& operator=(Rows&&) = delete;
  ~Rows() {
    if (statement_) statement_->reset();
  }

  bool next() { return statement_->step(); }
  std::int64_t integer(int column) { return statement_->integer(column); }
  std::string_view text(int column) { return statement_->text(column); }
  template <class Value>
  Value get(int column) {
    Value value{};
    decode(*statement_, column, value);
    return value;
  }
  // Columns 0, 1, 2, … into the fields.
  template <class... Fields>
  void read(std::tuple<Fields&...> fields) {
    std::apply(
        [this](Fields&... field) {
          int column = 0;
          (decode(*statement_, column++, field), ...);
        },
        fields);
  }

 private:
  Statement* statement_;
};

class Connection {
 public:
  virtual ~Connection() = default;

  template <class... Values>
  Rows read(Sql sql, const Values&... values) {
    return start(prepare(sql), values...);
  }

  template <class... Values>
  void write(Sql sql, const Values&... values) {
    before_write();
    Statement& statement = prepare(sql);
    Rows rows(statement);
    int parameter = 1;
    (bind_for_now(statement, parameter++, values), ...);
    rows.next();
  }
  template <class... Fields>
  void write_row(Sql sql, const std::tuple<Fields&...>& fields) {
    std::apply([&](const Fields&... field) { write(sql, field...); }, fields);
  }

  // Rows that the last write() inserted, updated or deleted.
  virtual std::int64_t changed_rows() = 0;

 protected:
  virtual Statement& prepare(Sql sql) = 0;
  // Throws std::logic_error where writing is not allowed.
  virtual void before_write() = 0;

 private:
  // The caller's own texts outlive a statement that is run to its end at once.
  template <class Value>
  static void bind_for_now(Statement& statement, int parameter, const Value& value) {
    if constexpr (std::is_convertible_v<const Value&, std::string_view>) {
      statement.bind_lasting_text(parameter, value);
    } else {
      bind(statement, parameter, value);
    }
  }

  template <class... Values>
  static Rows start(Statement& statement, const Values&... values) {
    Rows rows(statement);
    int parameter = 1;
    (bind(statement, parameter++, values), ...);
    return rows;
  }
};

}  // namespace parlor::store::sql
