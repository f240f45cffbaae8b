#include "store/sqlite/connection.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

namespace parlor::store {
namespace {

// Statements that are not prepared yet fail until it is gone.
class NothingCanBePrepared {
 public:
  explicit NothingCanBePrepared(SqliteConnection& db)
      : db_(db), before_(sqlite3_limit(db.handle(), SQLITE_LIMIT_SQL_LENGTH, 1)) {}
  ~NothingCanBePrepared() { sqlite3_limit(db_.handle(), SQLITE_LIMIT_SQL_LENGTH, before_); }

 private:
  SqliteConnection& db_;
  int before_;
};

struct Jobs : ::testing::Test {
  Jobs() {
    db.execute("CREATE TABLE item (name TEXT)");
    db.begin_write();
    db.start_job(true);
    db.write("INSERT INTO item VALUES ('one')");
  }

  std::int64_t count() {
    auto rows = db.read("SELECT count(*) FROM item");
    rows.next();
    return rows.integer(0);
  }

  SqliteConnection db{":memory:", SqliteConnection::Mode::writer};
};

TEST_F(Jobs, AJobThatCouldNotBeKeptCanStillBeUndone) {
  {
    const NothingCanBePrepared now(db);
    EXPECT_THROW(db.keep_job(), SqliteError);
  }
  db.undo_job();
  db.commit();
  EXPECT_EQ(count(), 0);
}

TEST_F(Jobs, AJobThatCouldNotBeUndoneCanBeUndoneAgain) {
  {
    const NothingCanBePrepared now(db);
    EXPECT_THROW(db.undo_job(), SqliteError);
  }
  db.undo_job();
  db.commit();
  EXPECT_EQ(count(), 0);
}

TEST_F(Jobs, AKeptJobOutlivesTheUndoingOfTheNext) {
  db.keep_job();
  db.start_job(true);
  db.write("INSERT INTO item VALUES ('two')");
  db.undo_job();
  db.commit();
  EXPECT_EQ(count(), 1);
}

TEST_F(Jobs, AnUnguardedJobSaysWhetherItHasLeftSomething) {
  db.keep_job();
  db.start_job(false);
  EXPECT_TRUE(db.undo_job());
  db.start_job(false);
  db.write("INSERT INTO item VALUES ('two')");
  EXPECT_FALSE(db.undo_job());
}

}  // namespace
}  // namespace parlor::store
