#include "store/sqlite/page_cache.h"

#include <gtest/gtest.h>

#include "store/sqlite/connection.h"
#include "support/temporary_directory.h"

namespace parlor::store {
namespace {

class PageCache : public ::testing::Test {
 protected:
  PageCache() {
    use_page_cache();
    db_ = std::make_unique<SqliteConnection>(directory_.path() + "/parlor.db",
                                             SqliteConnection::Mode::writer);
    db_->execute(
        "PRAGMA auto_vacuum = FULL; VACUUM;"
        "CREATE TABLE item (key BLOB PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID");
  }

  // In the order of random keys, so that pages are split everywhere.
  void insert(int count, const std::string& text) {
    db_->begin_write();
    for (int i = 0; i < count; ++i)
      db_->write("INSERT INTO item VALUES (randomblob(16), $1)", text);
    db_->commit();
  }
  std::string one(sql::Sql select) {
    auto rows = db_->read(select);
    return rows.next() ? std::string(rows.text(0)) : "nothing";
  }

  const TemporaryDirectory directory_;
  std::unique_ptr<SqliteConnection> db_;
};

TEST_F(PageCache, PagesBeyondTheEndOfAShrunkFileAreNotReadAgainWhenItGrows) {
  for (const std::string text : {"before", "between", "after"}) {
    insert(20'000, text);
    EXPECT_EQ(one("SELECT count(*) FROM item"), "20000");
    EXPECT_EQ(one("SELECT count(DISTINCT text) FROM item"), "1");
    EXPECT_EQ(one("SELECT min(text) FROM item"), text);
    EXPECT_EQ(one("PRAGMA integrity_check"), "ok");
    db_->execute("DELETE FROM item");
  }
}

TEST_F(PageCache, ATransactionThatIsTakenBackLeavesNoneOfItsPages) {
  insert(5'000, "kept");
  db_->begin_write();
  for (int i = 0; i < 20'000; ++i)
    db_->write("INSERT INTO item VALUES (randomblob(16), $1)", std::string("lost"));
  db_->rollback();
  insert(5'000, "kept");
  EXPECT_EQ(one("SELECT count(*) FROM item WHERE text = 'kept'"), "10000");
  EXPECT_EQ(one("SELECT count(*) FROM item"), "10000");
  EXPECT_EQ(one("PRAGMA integrity_check"), "ok");
}

}  // namespace
}  // namespace parlor::store
