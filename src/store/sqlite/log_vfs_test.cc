#include "store/sqlite/log_vfs.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include "store/sqlite/connection.h"

namespace parlor::store {
namespace {

using Mode = SqliteConnection::Mode;

std::int64_t number(SqliteConnection& db, sql::Sql select) {
  auto rows = db.read(select);
  return rows.next() ? rows.integer(0) : -1;
}

// Of this process so far: write, pwrite and the like.
std::int64_t write_calls() {
  std::ifstream io("/proc/self/io");
  for (std::string name; io >> name;) {
    std::int64_t value = 0;
    io >> value;
    if (name == "syscw:") return value;
  }
  return -1;
}

struct LogVfs : ::testing::Test {
  LogVfs() {
    char path[] = "/tmp/parlor-log-XXXXXX";
    directory = ::mkdtemp(path);
    file = directory / "parlor.db";
    writer = std::make_unique<SqliteConnection>(file, Mode::writer, log_vfs({}));
    writer->execute("CREATE TABLE item (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)");
  }
  ~LogVfs() override {
    writer.reset();
    std::filesystem::remove_all(directory);
  }

  void insert(int count) {
    for (int i = 0; i < count; ++i)
      writer->write("INSERT INTO item (bytes) VALUES (randomblob(3000))");
  }

  std::filesystem::path directory;
  std::string file;
  std::unique_ptr<SqliteConnection> writer;
};

TEST_F(LogVfs, OthersReadWhatIsCommittedAndNothingElse) {
  SqliteConnection reader(file, Mode::reader);
  for (int round = 1; round <= 50; ++round) {
    writer->begin_write();
    insert(round);
    EXPECT_EQ(number(reader, "SELECT count(*) FROM item"), round * (round - 1) / 2);
    writer->commit();
    EXPECT_EQ(number(reader, "SELECT count(*) FROM item"), round * (round + 1) / 2);
  }
}

TEST_F(LogVfs, ACommitTakesFewWrites) {
  constexpr int kPages = 400;
  const auto before = write_calls();
  if (before < 0) GTEST_SKIP() << "the system does not count writes";
  writer->begin_write();
  insert(kPages);
  writer->commit();
  EXPECT_LT(write_calls() - before, kPages / 10);
}

TEST_F(LogVfs, ATransactionLargerThanTheCacheReadsWhatItWroteAndCanBeTakenBack) {
  writer->execute("PRAGMA cache_size = 10");
  for (const bool keep : {false, true, false, true}) {
    const auto before = number(*writer, "SELECT count(*) FROM item");
    writer->begin_write();
    insert(300);
    EXPECT_EQ(number(*writer, "SELECT count(*) FROM item WHERE length(bytes) = 3000"),
              before + 300);
    if (keep)
      writer->commit();
    else
      writer->rollback();
    EXPECT_EQ(number(*writer, "SELECT count(*) FROM item"), before + (keep ? 300 : 0));
  }
  SqliteConnection reader(file, Mode::reader);
  EXPECT_EQ(number(reader, "SELECT count(*) FROM item"), 600);
  auto rows = reader.read("PRAGMA integrity_check");
  ASSERT_TRUE(rows.next());
  EXPECT_EQ(rows.text(0), "ok");
}

TEST_F(LogVfs, ACopyOfTheFilesHasEveryCommittedTransaction) {
  writer->begin_write();
  insert(100);
  writer->commit();
  const auto copy = directory / "copy.db";
  std::filesystem::copy_file(file, copy);
  std::filesystem::copy_file(file + "-wal", copy.string() + "-wal");
  SqliteConnection survivor(copy, Mode::reader);
  EXPECT_EQ(number(survivor, "SELECT count(*) FROM item"), 100);
}

TEST_F(LogVfs, IsRegisteredOnce) {
  EXPECT_EQ(log_vfs({}), log_vfs({}));
  EXPECT_THROW(log_vfs("no such"), SqliteError);
}

}  // namespace
}  // namespace parlor::store
