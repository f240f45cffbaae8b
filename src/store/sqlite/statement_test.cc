#include "store/sqlite/statement.h"

#include <gtest/gtest.h>

#include "store/sqlite/connection.h"
#include "support/temporary_directory.h"

namespace parlor::store {
namespace {

class SqliteStatementTest : public testing::Test {
 protected:
  SqliteStatementTest() {
    db_ = std::make_unique<SqliteConnection>(file(), SqliteConnection::Mode::writer);
  }
  std::string file() const { return directory_.path() + "/parlor.db"; }

  TemporaryDirectory directory_;
  std::unique_ptr<SqliteConnection> db_;
};

TEST_F(SqliteStatementTest, ParametersAreTakenByTheirNumberInAnyOrder) {
  auto rows = db_->read("SELECT $3, $1, $2, $1", 10, 20, 30);
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.integer(0), 30);
  EXPECT_EQ(rows.integer(1), 10);
  EXPECT_EQ(rows.integer(2), 20);
  EXPECT_EQ(rows.integer(3), 10);
}

TEST_F(SqliteStatementTest, AValueWithoutAParameterIsAProgrammingError) {
  EXPECT_THROW(db_->read("SELECT $1", 1, 2), std::logic_error);
  EXPECT_THROW(db_->read("SELECT $1, $3", 1, 2, 3), std::logic_error);
}

TEST_F(SqliteStatementTest, AStatementThatStillRunsIsNotStartedAgain) {
  const auto start = [this] { return db_->read("SELECT 1 UNION ALL SELECT 2"); };
  {
    auto rows = start();
    ASSERT_TRUE(rows.next());
    EXPECT_THROW(start(), std::logic_error);
  }
  EXPECT_TRUE(start().next());
}

TEST_F(SqliteStatementTest, TextAndBytesKeepEveryByteAndEmptyIsNotNull) {
  const std::string text("a\0b", 3);
  auto rows = db_->read("SELECT $1, typeof($1), $2, typeof($2), $3, typeof($3)", text,
                        sql::Bytes{text}, std::string_view());
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.text(0), text);
  EXPECT_EQ(rows.text(1), "text");
  EXPECT_EQ(rows.text(2), text);
  EXPECT_EQ(rows.text(3), "blob");
  EXPECT_EQ(rows.text(4), "");
  EXPECT_EQ(rows.text(5), "text");
}

TEST_F(SqliteStatementTest, AReadersConnectionCannotWrite) {
  db_->execute("CREATE TABLE t (x)");
  SqliteConnection reader(file(), SqliteConnection::Mode::reader);
  EXPECT_THROW(reader.write("INSERT INTO t VALUES (1)"), std::logic_error);
  EXPECT_THROW(reader.execute("INSERT INTO t VALUES (1)"), SqliteError);
}

TEST_F(SqliteStatementTest, AStatementPastItsDeadlineIsInterrupted) {
  SqliteConnection reader(file(), SqliteConnection::Mode::reader);
  reader.set_deadline(std::chrono::steady_clock::now());
  auto rows = reader.read(
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n");
  try {
    rows.next();
    FAIL() << "it never ends by itself";
  } catch (const SqliteError& error) {
    EXPECT_TRUE(error.is_interrupted());
  }
}

TEST_F(SqliteStatementTest, TheConnectionIsDurable) {
  const auto pragma = [](sql::Rows rows) {
    EXPECT_TRUE(rows.next());
    return std::string(rows.text(0));
  };
  EXPECT_EQ(pragma(db_->read("PRAGMA journal_mode")), "wal");
  EXPECT_EQ(pragma(db_->read("PRAGMA synchronous")), "2");
}

}  // namespace
}  // namespace parlor::store
