// Checkpointer on files that fail.
#include "store/sqlite/checkpointer.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>

#include "contract/fault_vfs.h"
#include "support/temporary_directory.h"

namespace parlor::store {
namespace {

class CheckpointerOnFiles : public ::testing::Test {
 protected:
  CheckpointerOnFiles() {
    register_fault_vfs();
    writer_ = std::make_unique<SqliteConnection>(file_, SqliteConnection::Mode::writer, "");
    writer_->execute("CREATE TABLE item (id INTEGER PRIMARY KEY, text TEXT)");
  }
  ~CheckpointerOnFiles() override {
    fail_files(FileFault::none, 0, 0);
    writer_.reset();
  }

  void write_pages() {
    for (int i = 0; i < kPages; ++i)
      writer_->execute("INSERT INTO item (text) VALUES (hex(randomblob(2000)))");
  }
  std::uintmax_t log_bytes() const { return std::filesystem::file_size(file_ + "-wal"); }

  static constexpr int kPages = 20;
  const TemporaryDirectory directory_;
  const std::string file_ = directory_.path() + "/parlor.db";
  std::unique_ptr<SqliteConnection> writer_;
};

TEST_F(CheckpointerOnFiles, TheLogStartsAgainOnceItIsCopied) {
  write_pages();
  const auto before = log_bytes();
  {
    Checkpointer checkpointer(file_, kFaultVfsName, 1);
    checkpointer.log_has(kPages);
    while (std::filesystem::file_size(file_) < kPages * 4'000) std::this_thread::yield();
  }
  write_pages();
  EXPECT_LT(log_bytes(), before * 3 / 2);
}

TEST_F(CheckpointerOnFiles, TheLogShrinksBeforeTheDiskHasNoRoomToCopyIt) {
  constexpr std::uintmax_t kDisk = 3'000'000;
  const auto free_bytes = [&] { return kDisk - std::min(kDisk, log_bytes()); };
  Checkpointer checkpointer(file_, kFaultVfsName, Checkpointer::kCopyAfterPages, free_bytes);
  int pages = 0;
  sqlite3_wal_hook(
      writer_->handle(),
      [](void* into, sqlite3*, const char*, int now) {
        *static_cast<int*>(into) = now;
        return SQLITE_OK;
      },
      &pages);
  const auto change = [&] {
    checkpointer.let_checkpoint_pass();
    writer_->execute("REPLACE INTO item (id, text) VALUES (1, hex(randomblob(100000)))");
    checkpointer.log_has(pages);
  };
  while (pages * Checkpointer::kPageBytes < kDisk / 2) change();
  const auto most = log_bytes();
  while (log_bytes() >= most && pages < Checkpointer::kCopyAfterPages / 2) change();
  EXPECT_LT(log_bytes(), most);
}

// Whichever it is: of the log, of the database file.
TEST_F(CheckpointerOnFiles, TheLogStaysWholeFromTheFirstSyncThatFails) {
  for (int good_syncs = 0; good_syncs < 2; ++good_syncs) {
    write_pages();
    const auto before = log_bytes();
    fail_files(FileFault::sync_error, good_syncs, 1);
    {
      Checkpointer checkpointer(file_, kFaultVfsName, 1);
      checkpointer.log_has(kPages);
      const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
      while (!checkpointer.has_given_up() && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
      EXPECT_TRUE(checkpointer.has_given_up());
    }
    write_pages();
    EXPECT_GT(log_bytes(), before + kPages * 4'000) << good_syncs << " syncs had gone well";
  }
}

}  // namespace
}  // namespace parlor::store
