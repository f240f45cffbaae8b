// The SQLite store under the contract suite.
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "contract/fault_vfs.h"
#include "contract/fixture.h"
#include "store/sqlite/sqlite_store.h"

namespace parlor::store {
namespace {

// Allocations of SQLite fail on demand, on any thread.
sqlite3_mem_methods system_memory;
std::atomic<int> wanted_failures = 0;
std::atomic<int> wanted_skips = 0;

bool allocation_fails() {
  if (wanted_failures == 0) return false;
  if (wanted_skips > 0) return --wanted_skips, false;
  --wanted_failures;
  return true;
}

void* allocate(int size) { return allocation_fails() ? nullptr : system_memory.xMalloc(size); }
void* reallocate(void* old, int size) {
  return allocation_fails() ? nullptr : system_memory.xRealloc(old, size);
}

// Before anything in the process uses SQLite.
const bool memory_is_wrapped = [] {
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  sqlite3_config(SQLITE_CONFIG_GETMALLOC, &system_memory);
  auto wrapped = system_memory;
  wrapped.xMalloc = allocate;
  wrapped.xRealloc = reallocate;
  return sqlite3_config(SQLITE_CONFIG_MALLOC, &wrapped) == SQLITE_OK;
}();

class SqliteUnderTest final : public StoreUnderTest {
 public:
  SqliteUnderTest() {
    static std::atomic<int> number = 0;
    register_fault_vfs();
    directory_ = std::filesystem::temp_directory_path() /
                 ("parlor_contract_" + std::to_string(getpid()) + "_" + std::to_string(++number));
    std::filesystem::remove_all(directory_);
    std::filesystem::create_directories(directory_);
  }
  ~SqliteUnderTest() override {
    heal();
    std::filesystem::remove_all(directory_);
  }

  Result<std::unique_ptr<Store>> open(const Clock& clock, CommitListener& listener,
                                      const Limits& limits) override {
    SqliteStore::Options options;
    options.directory = data();
    options.write_queue = {limits.waiting_jobs, limits.waiting_bytes};
    options.search_deadline = limits.search_deadline;
    options.shortest_group = std::chrono::minutes(1);  // what is submitted together is one group
    options.vfs = kFaultVfsName;
    return open_with(options, clock, listener);
  }
  Result<std::unique_ptr<Store>> open_backup(const std::string& path, const Clock& clock,
                                             CommitListener& listener) override {
    SqliteStore::Options options;
    options.directory = path;
    return open_with(options, clock, listener);
  }
  std::string new_path() override { return directory_ / ("backup" + std::to_string(++paths_)); }
  bool wait_until_indexed() override {
    sqlite3* db = nullptr;
    if (sqlite3_open((data() + "/parlor.db").c_str(), &db) != SQLITE_OK) return false;
    sqlite3_busy_timeout(db, 1'000);
    const auto attach = "ATTACH '" + data() + "/search.db' AS search";
    sqlite3_exec(db, attach.c_str(), nullptr, nullptr, nullptr);
    bool indexed = false;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!indexed && std::chrono::steady_clock::now() < deadline) {
      // A non-zero return of the callback aborts: "some document is above the cursor".
      indexed = sqlite3_exec(
                    db,
                    "SELECT 1 FROM search_document WHERE number >"
                    " (SELECT cursor FROM search_state) LIMIT 1",
                    [](void*, int, char**, char**) { return 1; }, nullptr, nullptr) == SQLITE_OK;
      if (!indexed) std::this_thread::yield();
    }
    sqlite3_close(db);
    return indexed;
  }
  void pretend_newer_version() override {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open((data() + "/parlor.db").c_str(), &db), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(db, "PRAGMA user_version = 9999", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(db);
  }
  void inject(Fault fault, int skipped, int times) override {
    switch (fault) {
      case Fault::disk_full:
        return fail_files(FileFault::full, skipped, times);
      case Fault::io_error:
        return fail_files(FileFault::write_error, skipped, times);
      case Fault::sync_error:
        return fail_files(FileFault::sync_error, skipped, times);
      case Fault::no_memory:
        wanted_skips = skipped;
        wanted_failures = times;
    }
  }
  void heal() override {
    fail_files(FileFault::none, 0, 0);
    wanted_failures = 0;
  }

 private:
  static Result<std::unique_ptr<Store>> open_with(const SqliteStore::Options& options,
                                                  const Clock& clock, CommitListener& listener) {
    auto opened = SqliteStore::open(options, clock, listener);
    if (!opened) return opened.failure();
    return std::unique_ptr<Store>(std::move(*opened));
  }
  std::string data() const { return directory_ / "data"; }

  std::filesystem::path directory_;
  int paths_ = 0;
};

INSTANTIATE_TEST_SUITE_P(Sqlite, StoreContract,
                         testing::Values(StoreFactory([]() -> std::unique_ptr<StoreUnderTest> {
                           return std::make_unique<SqliteUnderTest>();
                         })));

}  // namespace
}  // namespace parlor::store
