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

}  // namespace
}  // namespace parlor::store
