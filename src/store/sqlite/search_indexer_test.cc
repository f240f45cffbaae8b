#include "store/sqlite/search_indexer.h"

#include <gtest/gtest.h>

#include "store/sqlite/migrate.h"

namespace parlor::store {
namespace {

using std::chrono::milliseconds;

struct Indexing : ::testing::Test {
  Indexing() {
    EXPECT_TRUE(migrate(db));
    indexer.open();
    indexer.step();
  }

  void write_documents(int count) {
    db.begin_write();
    for (int i = 0; i < count; ++i)
      db.write("INSERT INTO search_document VALUES (NULL, 1, 1, 0, 1, 0)");
    db.commit();
    indexer.note_written(now);
  }

  SqliteConnection db{":memory:", SqliteConnection::Mode::writer};
  SearchIndexer indexer{db};
  const SearchIndexer::Time now = std::chrono::steady_clock::now();
};

TEST_F(Indexing, WaitsForSomethingToDo) {
  EXPECT_FALSE(indexer.due());
  indexer.note_written(now);
  EXPECT_TRUE(indexer.is_due(now));
  EXPECT_FALSE(indexer.is_behind(now));
  EXPECT_TRUE(indexer.is_behind(now + SearchIndexer::kMaxBehind));
  indexer.step();
  EXPECT_FALSE(indexer.due());
}

TEST_F(Indexing, WaitsAfterAFailureWhateverIsWrittenMeanwhile) {
  indexer.note_written(now);
  indexer.postpone(now);
  indexer.note_written(now);
  EXPECT_EQ(indexer.due(), now + SearchIndexer::kPause);
  EXPECT_FALSE(indexer.is_due(now + SearchIndexer::kPause - milliseconds(1)));
  EXPECT_FALSE(indexer.is_behind(now + SearchIndexer::kPause - milliseconds(1)));
  EXPECT_TRUE(indexer.is_due(now + SearchIndexer::kPause));
}

TEST_F(Indexing, AnOutageIsWorthOneLineInTheLog) {
  EXPECT_TRUE(indexer.postpone(now));
  EXPECT_FALSE(indexer.postpone(now));
  EXPECT_FALSE(indexer.postpone(now));
  indexer.step();
  EXPECT_TRUE(indexer.postpone(now));
}

TEST_F(Indexing, OfMoreThanOneStepHoldsGoesOnAfterAWhile) {
  write_documents(SearchIndexer::kMaxRows + 1);
  indexer.step();
  ASSERT_TRUE(indexer.due());
  EXPECT_FALSE(indexer.is_far_behind());
  EXPECT_FALSE(indexer.is_behind(*indexer.due()));
  EXPECT_TRUE(indexer.is_behind(*indexer.due() + SearchIndexer::kBetweenSteps));
}

TEST_F(Indexing, FarBehindGoesOnAtOnceUntilItIsNot) {
  write_documents(SearchIndexer::kMaxRows + SearchIndexer::kFarBehind);
  indexer.step();
  EXPECT_TRUE(indexer.is_far_behind());
  EXPECT_TRUE(indexer.is_behind(*indexer.due()));
  while (indexer.is_far_behind()) indexer.step();
  EXPECT_TRUE(indexer.due());
  while (indexer.due()) indexer.step();
  auto cursor = db.read("SELECT value FROM meta WHERE name = 'search_cursor'");
  ASSERT_TRUE(cursor.next());
  EXPECT_EQ(cursor.integer(0), SearchIndexer::kMaxRows + SearchIndexer::kFarBehind);
}

}  // namespace
}  // namespace parlor::store
