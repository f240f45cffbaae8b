#include "store/sqlite/search_index.h"

#include <gtest/gtest.h>

#include "store/sqlite/migrate.h"

namespace parlor::store {
namespace {

struct Indexing : ::testing::Test {
  Indexing() {
    EXPECT_TRUE(migrate(db));
    attach_search_index(db, ":memory:");
    index.open();
  }

  void write_messages(int count) {
    for (int i = 0; i < count; ++i) {
      db.write("INSERT INTO search_document VALUES (NULL, 1, 1, 0, $1, 0)", ++newest);
      db.write(
          "INSERT INTO message (account, room, is_note, seq, id, inbox, author, sender, type,"
          " customer_count, team_count, created_at, integration_app, attachments, content)"
          " VALUES (1, 1, 0, $1, $1, 1, 1, 0, 0, 0, 0, 0, '', '', 'parcel')",
          newest);
    }
  }
  std::int64_t number(sql::Sql select) {
    auto rows = db.read(select);
    return rows.next() ? rows.integer(0) : -1;
  }
  std::int64_t found() {
    return number("SELECT count(*) FROM search_index WHERE search_index MATCH '\"1¤parcel\"'");
  }
  std::int64_t cursor() { return number("SELECT cursor FROM search_state"); }

  SqliteConnection db{":memory:", SqliteConnection::Mode::indexer};
  RecentTexts recent;
  SearchIndex index{db, &recent};
  std::int64_t newest = 0;
};

TEST_F(Indexing, HoldsWhatWasWrittenUpToItsCursor) {
  write_messages(3);
  EXPECT_EQ(found(), 0);
  EXPECT_FALSE(index.index_some());
  EXPECT_EQ(found(), 3);
  EXPECT_EQ(cursor(), 3);
  EXPECT_FALSE(index.index_some()) << "nothing new";
  EXPECT_EQ(found(), 3);
}

TEST_F(Indexing, MoreThanAStepHoldsTakesMoreSteps) {
  write_messages(SearchIndex::kMaxRows + 1);
  EXPECT_TRUE(index.index_some());
  EXPECT_EQ(cursor(), SearchIndex::kMaxRows);
  EXPECT_FALSE(index.index_some());
  EXPECT_EQ(found(), SearchIndex::kMaxRows + 1);
}

FinishedJob posting(std::int64_t seq, std::string content) {
  chat::Message message;
  message.room = RoomId{1};
  message.seq = seq;
  message.content = std::move(content);
  FinishedJob finished;
  finished.events.emplace_back().body = chat::MessagePosted{std::move(message)};
  return finished;
}

std::vector<FinishedJob> commit_of(std::int64_t seq, std::string content) {
  std::vector<FinishedJob> commit;
  commit.push_back(posting(seq, std::move(content)));
  return commit;
}

TEST_F(Indexing, TakesTheTextThatWasHandedOverAndReadsTheOthers) {
  write_messages(3);
  db.execute("UPDATE message SET content = 'letter'");
  recent.add(commit_of(2, "parcel"));
  EXPECT_FALSE(index.index_some());
  EXPECT_EQ(found(), 1);
  EXPECT_EQ(number("SELECT count(*) FROM search_index WHERE search_index MATCH '\"1¤letter\"'"), 2);
}

TEST_F(Indexing, ForgetsTextsThatNobodyAsksForOnceItHasCaughtUp) {
  write_messages(1);
  recent.add(commit_of(7, "parcel"));
  EXPECT_FALSE(index.index_some());
  EXPECT_FALSE(recent.take(RoomId{1}, false, 7));
}

TEST(RecentTexts, KeepsAtMostItsBytes) {
  RecentTexts recent;
  const std::string text(100'000, 'x');
  int kept = 0;
  for (int seq = 1; seq <= 100; ++seq) recent.add(commit_of(seq, text));
  for (int seq = 1; seq <= 100; ++seq) kept += recent.take(RoomId{1}, false, seq) ? 1 : 0;
  EXPECT_GE(kept, 40);
  EXPECT_LE(kept, 42);
}

TEST_F(Indexing, AStepThatFailsChangesNothing) {
  write_messages(2);
  db.execute("DROP TABLE message");
  EXPECT_THROW(index.index_some(), SqliteError);
  EXPECT_EQ(cursor(), 0);
  EXPECT_FALSE(db.in_transaction());
}

TEST_F(Indexing, OpeningAgainKeepsWhatIsThere) {
  write_messages(2);
  index.index_some();
  index.open();
  EXPECT_EQ(cursor(), 2);
  EXPECT_EQ(found(), 2);
}

TEST_F(Indexing, AnotherNormalisersWordsAreIndexedAnew) {
  write_messages(2);
  index.index_some();
  db.execute("UPDATE search_state SET normaliser_version = 999");
  index.open();
  EXPECT_EQ(cursor(), 0);
  EXPECT_EQ(found(), 0);
  index.index_some();
  EXPECT_EQ(found(), 2);
}

}  // namespace
}  // namespace parlor::store
