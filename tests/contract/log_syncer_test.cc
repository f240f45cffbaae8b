// When the SQLite store makes commits durable, and who waits for it.
#include "store/sqlite/log_syncer.h"

#include <chrono>
#include <thread>

#include "contract/fault_vfs.h"
#include "contract/fixture.h"
#include "store/sqlite/sqlite_store.h"
#include "store/sqlite/writer.h"
#include "support/temporary_directory.h"

namespace parlor::store {
namespace {

bool is_done(const std::future<std::optional<Error>>& job) {
  return job.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
}

class LogSyncing : public testing::Test {
 protected:
  LogSyncing() {
    register_fault_vfs();
    SqliteStore::Options options;
    options.directory = directory_.path() + "/data";
    options.vfs = kFaultVfsName;
    store_ = std::move(SqliteStore::open(options, clock_, listener_).value());
    submit([](chat::Transaction& t) {
      t.rooms().insert(sample_room(1));
      return true;
    }).get();
  }

  std::future<std::optional<Error>> submit(UseCase use_case, Lane lane = Lane::write) {
    auto promise = std::make_shared<std::promise<std::optional<Error>>>();
    auto future = promise->get_future();
    store_->submit(
        lane, std::make_unique<FunctionJob>(std::move(use_case), [promise](const Error* fault) {
          promise->set_value(fault ? std::optional(*fault) : std::nullopt);
        }));
    return future;
  }

  const TemporaryDirectory directory_;
  ManualClock clock_{Timestamp{1'759'919'400'000}};
  RecordingListener listener_;
  std::unique_ptr<SqliteStore> store_;
};

TEST_F(LogSyncing, NobodyIsToldOfACommitBeforeItIsDurable) {
  std::future<std::optional<Error>> sent;
  {
    HeldSyncs held;
    sent = submit([](chat::Transaction& t) { return send(t, {1}, "hello").seq == 1; });
    held.wait_for_one();
    EXPECT_FALSE(is_done(sent));
    EXPECT_THAT(listener_.event_seqs(), testing::IsEmpty());
  }
  EXPECT_FALSE(sent.get());
  EXPECT_THAT(listener_.event_seqs(), testing::ElementsAre(1));
}

TEST_F(LogSyncing, AReadEndsWhenWhatItSawIsDurable) {
  std::future<std::optional<Error>> seen;
  {
    HeldSyncs held;
    const auto sent = submit([](chat::Transaction& t) { return send(t, {1}, "hello").seq == 1; });
    held.wait_for_one();
    Gate has_read;
    seen = submit(
        [&](chat::Transaction& t) {
          EXPECT_EQ(t.rooms().find(kAccount, {1})->seq, 1);
          has_read.open();
          return true;
        },
        Lane::read);
    has_read.wait();
    EXPECT_FALSE(is_done(seen));
  }
  EXPECT_FALSE(seen.get());
}

TEST_F(LogSyncing, TheWriterGoesOnWhileAGroupBecomesDurable) {
  std::vector<std::future<std::optional<Error>>> jobs;
  {
    Gate all_wait;
    jobs.push_back(submit([&](chat::Transaction&) {
      all_wait.wait();
      return true;
    }));
    Gate next_group;
    HeldSyncs held;
    for (std::size_t i = 0; i <= Writer::kGroupJobs; ++i)
      jobs.push_back(submit([&next_group, i](chat::Transaction& t) {
        send(t, {1}, "hello");
        if (i == Writer::kGroupJobs) next_group.open();
        return true;
      }));
    all_wait.open();
    held.wait_for_one();
    next_group.wait();
    EXPECT_FALSE(is_done(jobs.front()));
  }
  for (auto& job : jobs) EXPECT_FALSE(job.get());
  EXPECT_EQ(listener_.event_seqs().size(), Writer::kGroupJobs + 1);
}

class DeferredSyncing : public testing::Test {
 protected:
  DeferredSyncing() { writer_.execute("CREATE TABLE item (text TEXT)"); }

  static std::string vfs() {
    register_fault_vfs();
    return log_vfs(kFaultVfsName);
  }

  const TemporaryDirectory directory_;
  const std::string file_ = directory_.path() + "/parlor.db";
  SqliteConnection writer_{file_, SqliteConnection::Mode::writer, vfs()};
};

TEST_F(DeferredSyncing, CommitsAreSyncedByWhoeverTookThatOver) {
  DeferredSync log(writer_.handle());
  const auto before = syncs_so_far();
  for (int i = 0; i < 3; ++i) writer_.execute("INSERT INTO item VALUES ('a')");
  EXPECT_EQ(syncs_so_far(), before);
  EXPECT_EQ(log.sync(), 0);
  EXPECT_EQ(syncs_so_far(), before + 1);
}

TEST_F(DeferredSyncing, TheHeadOfALogThatStartsAgainIsSyncedAtOnce) {
  DeferredSync log(writer_.handle());
  writer_.execute("INSERT INTO item VALUES ('a')");
  SqliteConnection other(file_, SqliteConnection::Mode::writer, kFaultVfsName);
  other.execute("PRAGMA wal_checkpoint(RESTART)");
  const auto before = syncs_so_far();
  writer_.execute("INSERT INTO item VALUES ('b')");
  EXPECT_EQ(syncs_so_far(), before + 1);
  writer_.execute("INSERT INTO item VALUES ('c')");
  EXPECT_EQ(syncs_so_far(), before + 1);
}

TEST_F(DeferredSyncing, AConnectionSyncsForItselfAgainAfterwards) {
  { DeferredSync log(writer_.handle()); }
  const auto before = syncs_so_far();
  writer_.execute("INSERT INTO item VALUES ('a')");
  EXPECT_EQ(syncs_so_far(), before + 1);
}

}  // namespace
}  // namespace parlor::store
