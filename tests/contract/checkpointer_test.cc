// Checkpointer on files that fail.
#include "store/sqlite/checkpointer.h"

#include <gtest/gtest.h>

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
