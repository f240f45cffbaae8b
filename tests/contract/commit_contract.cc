// Groups, rollback, order, the queue, and everything that goes wrong.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "contract/fixture.h"

namespace parlor::store {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<std::string> stored(chat::Transaction& t, RoomId room = {1}) {
  chat::MessageQuery query;
  query.account = kAccount;
  query.room = room;
  query.newest_first = false;
  query.limit = 1'000'000;
  return contents(t.messages().list(query));
}

UseCase sending(std::string text) {
  return [text = std::move(text)](chat::Transaction& t) {
    send(t, {1}, text);
    return true;
  };
}

void expect_refused(const std::vector<std::optional<Error>>& faults) {
  for (const auto& fault : faults) {
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->code, ErrorCode::unavailable);
    EXPECT_THAT(fault->message, HasSubstr("restarted"));
  }
}

const UseCase kInsertRoom = [](chat::Transaction& t) {
  t.rooms().insert(sample_room(1));
  return true;
};

TEST_P(StoreContract, AFailedJobIsRolledBackAloneAndItsGroupStands) {
  write(kInsertRoom);
  const auto faults = write_as_group({
      sending("one"),
      [](chat::Transaction& t) {
        send(t, {1}, "refused");
        return false;
      },
      sending("two"),
      [](chat::Transaction& t) -> bool {
        send(t, {1}, "thrown");
        throw std::runtime_error("a bug");
      },
      sending("three"),
  });
  EXPECT_FALSE(faults[0]);
  EXPECT_FALSE(faults[1]);
  EXPECT_TRUE(faults[3]);
  EXPECT_EQ(faults[3]->code, ErrorCode::unavailable);
  EXPECT_FALSE(faults[4]);
  read([](chat::Transaction& t) {
    EXPECT_THAT(stored(t), ElementsAre("one", "two", "three"));
    return true;
  });
  EXPECT_THAT(listener_.event_seqs(), ElementsAre(1, 2, 3));
  EXPECT_THAT(listener_.group_sizes(), testing::Contains(testing::Ge(2U)));
}

TEST_P(StoreContract, AGroupHoldsAtMost64Jobs) {
  write(kInsertRoom);
  write_as_group(std::vector<UseCase>(200, sending("x")));
  EXPECT_THAT(listener_.group_sizes(), Each(testing::Le(64U)));
  std::vector<std::int64_t> expected;
  for (int seq = 1; seq <= 200; ++seq) expected.push_back(seq);
  EXPECT_EQ(listener_.event_seqs(), expected);
}

TEST_P(StoreContract, AReadOnlyTransactionRefusesToWrite) {
  const auto expect_refused = [&](UseCase use_case) {
    EXPECT_TRUE(read([&](chat::Transaction& t) {
      EXPECT_THROW(use_case(t), std::logic_error);
      throw std::runtime_error("still usable");
      return true;
    }));
  };
  expect_refused(kInsertRoom);
  expect_refused([](chat::Transaction& t) { return t.ids().next() != 0; });
  expect_refused([](chat::Transaction& t) {
    t.record({});
    return true;
  });
  EXPECT_FALSE(read([](chat::Transaction&) { return true; }));
}

TEST_P(StoreContract, AReadSeesOneSnapshot) {
  write(kInsertRoom);
  Gate started;
  Gate written;
  auto reading = submit(
      [&](chat::Transaction& t) {
        EXPECT_THAT(stored(t), IsEmpty());
        started.open();
        written.wait();
        EXPECT_THAT(stored(t), IsEmpty());
        return true;
      },
      Lane::read);
  started.wait();
  write(sending("later"));
  written.open();
  EXPECT_FALSE(reading.get());
  read([](chat::Transaction& t) {
    EXPECT_THAT(stored(t), ElementsAre("later"));
    return true;
  });
}

TEST_P(StoreContract, TimeNeverGoesBackAndIdsStayUniqueAcrossRestarts) {
  std::set<std::int64_t> ids;
  Timestamp last;
  const UseCase use = [&](chat::Transaction& t) {
    EXPECT_GE(t.now(), last);
    last = t.now();
    for (int i = 0; i < 100; ++i) EXPECT_TRUE(ids.insert(t.ids().next()).second);
    return true;
  };
  write(use);
  clock_.advance(-60'000);
  write(use);
  reopen();
  last = {};
  write(use);
  clock_.advance(-3'600'000);
  reopen();
  last = {};
  write(use);
}

TEST_P(StoreContract, AFullQueueRefusesAtOnceAndSaysWhenToTryAgain) {
  close();
  StoreUnderTest::Limits limits;
  limits.waiting_jobs = 3;
  limits.waiting_bytes = 1'000;
  open(limits);
  Gate gate;
  Gate entered;
  auto blocker = submit([&](chat::Transaction&) {
    entered.open();
    gate.wait();
    return true;
  });
  entered.wait();
  const UseCase nothing = [](chat::Transaction&) { return true; };
  auto big = submit(nothing, Lane::write, 1, kAccount, 900);
  auto too_big = submit(nothing, Lane::write, 1, kAccount, 200);
  auto small = submit(nothing);
  const auto refused = too_big.get();
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->code, ErrorCode::unavailable);
  EXPECT_TRUE(refused->retry_after);
  auto third = submit(nothing, Lane::write, 1, kAccount, 0);
  EXPECT_TRUE(submit(nothing, Lane::write, 1, kAccount, 0).get());
  gate.open();
  EXPECT_FALSE(blocker.get());
  EXPECT_FALSE(big.get());
  EXPECT_FALSE(small.get());
  EXPECT_FALSE(third.get());
}

TEST_P(StoreContract, AccountsAndThenActorsTakeTurns) {
  Gate gate;
  Gate entered;
  auto blocker = submit([&](chat::Transaction&) {
    entered.open();
    gate.wait();
    return true;
  });
  entered.wait();
  std::vector<std::string> order;
  std::vector<std::future<std::optional<Error>>> futures;
  const auto enqueue = [&](const std::string& name, AccountId account, std::int64_t actor) {
    futures.push_back(submit(
        [&order, name](chat::Transaction&) {
          order.push_back(name);
          return true;
        },
        Lane::write, actor, account));
  };
  for (int i = 1; i <= 4; ++i) enqueue("busy" + std::to_string(i), {1}, 1);
  enqueue("colleague", {1}, 2);
  enqueue("other1", {2}, 1);
  enqueue("other2", {2}, 1);
  gate.open();
  for (auto& future : futures) future.get();
  blocker.get();
  EXPECT_THAT(order,
              ElementsAre("busy1", "other1", "colleague", "other2", "busy2", "busy3", "busy4"));
}

TEST_P(StoreContract, StoppingFinishesWhatWaitsAndRefusesTheRest) {
  write(kInsertRoom);
  std::vector<std::future<std::optional<Error>>> futures;
  futures.reserve(100);
  for (int i = 0; i < 100; ++i) futures.push_back(submit(sending("x")));
  store_->stop();
  for (auto& future : futures) EXPECT_FALSE(future.get());
  for (const auto lane : {Lane::write, Lane::read, Lane::search})
    EXPECT_EQ(submit(sending("late"), lane).get()->code, ErrorCode::unavailable);
  reopen();
  read([](chat::Transaction& t) {
    EXPECT_THAT(stored(t), SizeIs(100));
    return true;
  });
}

TEST_P(StoreContract, AFullDiskLosesNothingThatWasAcknowledgedAndHealsByItself) {
  write(kInsertRoom);
  write(sending("before"));
  under_test_->inject(Fault::disk_full, 0, 1'000'000);
  const auto faults = write_as_group({sending("a"), sending("b"), sending("c")});
  for (const auto& fault : faults) {
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->code, ErrorCode::unavailable);
  }
  under_test_->heal();
  EXPECT_FALSE(write(sending("after")));
  reopen();
  read([](chat::Transaction& t) {
    EXPECT_THAT(stored(t), ElementsAre("before", "after"));
    return true;
  });
  EXPECT_THAT(listener_.event_seqs(), ElementsAre(1, 2));
}

TEST_P(StoreContract, AGroupLostToAFullDiskRunsAgainAloneAndEachJobStandsOnce) {
  write(kInsertRoom);
  under_test_->inject(Fault::disk_full, 0, 1);
  const auto faults = write_as_group({sending("a"), sending("b"), sending("c")});
  for (const auto& fault : faults) EXPECT_FALSE(fault);
  reopen();
  read([](chat::Transaction& t) {
    EXPECT_THAT(stored(t), ElementsAre("a", "b", "c"));
    return true;
  });
  EXPECT_THAT(listener_.event_seqs(), ElementsAre(1, 2, 3));
}

TEST_P(StoreContract, ADiskThatFillsUpAtAnyMomentLeavesARefusedSendUnreadable) {
  write(kInsertRoom);
  std::vector<std::string> kept;
  int refused = 0;
  for (const int times : {1, 20, 1'000'000}) {
    for (int skipped = 0; skipped < 20; ++skipped) {
      const auto name = std::to_string(times) + "/" + std::to_string(skipped);
      under_test_->inject(Fault::disk_full, skipped, times);
      const bool stands = !write(sending(name + std::string(1'000'000, 'x')));
      if (stands) kept.push_back(name);
      refused += stands ? 0 : 1;
      read([&](chat::Transaction& t) {
        std::vector<std::string> names;
        for (const auto& text : stored(t)) names.push_back(text.substr(0, text.find('x')));
        const std::size_t shown = std::min(names.size(), kept.size());
        EXPECT_EQ(t.rooms().find(kAccount, {1})->seq, static_cast<std::int64_t>(kept.size()))
            << name << (stands ? " stands" : " was refused");
        EXPECT_TRUE(std::equal(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown),
                               kept.begin()));
        return true;
      });
      under_test_->heal();
    }
  }
  EXPECT_GT(refused, 10);
  EXPECT_GT(kept.size(), 10U);
}

TEST_P(StoreContract, AfterAnIoErrorTheStoreIsReadOnlyUntilItIsOpenedAgain) {
  write(kInsertRoom);
  EXPECT_FALSE(write(sending("before")));
  under_test_->inject(Fault::io_error, 0, 1);
  expect_refused(write_as_group({sending("lost"), sending("lost")}));
  under_test_->heal();
  EXPECT_TRUE(write(sending("still refused")));
  EXPECT_FALSE(read([](chat::Transaction& t) {
    EXPECT_THAT(stored(t), ElementsAre("before"));
    return true;
  }));
  reopen();
  EXPECT_FALSE(write(sending("after")));
  read([](chat::Transaction& t) {
    EXPECT_THAT(stored(t), ElementsAre("before", "after"));
    return true;
  });
}

// Nobody knows what the disk holds then: what was refused may be there after all.
TEST_P(StoreContract, AfterASyncThatFailsNothingIsAnsweredUntilTheStoreIsOpenedAgain) {
  write(kInsertRoom);
  EXPECT_FALSE(write(sending("before")));
  under_test_->inject(Fault::sync_error, 0, 1);
  expect_refused(write_as_group({sending("in doubt"), sending("in doubt")}));
  under_test_->heal();
  expect_refused({write(sending("still refused"))});
  expect_refused({read([](chat::Transaction&) { return true; })});
  EXPECT_THAT(listener_.event_seqs(), ElementsAre(1));
  reopen();
  EXPECT_FALSE(write(sending("after")));
  EXPECT_FALSE(read([](chat::Transaction& t) {
    EXPECT_THAT(stored(t), testing::Contains("before"));
    EXPECT_THAT(stored(t), testing::Not(testing::Contains("still refused")));
    EXPECT_THAT(stored(t), testing::Contains("after"));
    return true;
  }));
}

TEST_P(StoreContract, NoMemoryAtAnyMomentLeavesEachJobDoneOnceOrNotAtAll) {
  write(kInsertRoom);
  std::size_t done = 0;
  for (int skipped = 0; skipped < 60; ++skipped) {
    under_test_->inject(Fault::no_memory, skipped, 1);
    const auto name = std::to_string(skipped);
    for (const auto& fault : write_as_group({sending(name + "a"), sending(name + "b")}))
      if (!fault) ++done;
    under_test_->heal();
  }
  EXPECT_FALSE(write(sending("after")));
  reopen();
  read([&](chat::Transaction& t) {
    const auto texts = stored(t);
    EXPECT_THAT(texts, SizeIs(done + 1));
    EXPECT_EQ(std::set<std::string>(texts.begin(), texts.end()).size(), texts.size());
    EXPECT_EQ(t.rooms().find(kAccount, {1})->seq, static_cast<std::int64_t>(done) + 1);
    return true;
  });
}

// The last one has written before it fails, so the others run a second time.
TEST_P(StoreContract, NoMemoryWhileAGroupRunsAgainLeavesNoJobWithoutItsEnd) {
  write(kInsertRoom);
  const UseCase fails_late = [](chat::Transaction& t) {
    send(t, {1}, "refused");
    return false;
  };
  std::size_t done = 0;
  for (int skipped = 0; skipped < 60; ++skipped) {
    const auto name = std::to_string(skipped);
    int runs = 0;
    const UseCase runs_twice = [&](chat::Transaction& t) {
      if (++runs == 2) under_test_->inject(Fault::no_memory, skipped, 1'000'000);
      send(t, {1}, name);
      return true;
    };
    const auto faults = write_as_group({runs_twice, sending(name + "b"), fails_late});
    under_test_->heal();
    for (const std::size_t n : {0, 1}) done += faults[n] ? 0 : 1;
  }
  EXPECT_FALSE(write(sending("after")));
  reopen();
  read([&](chat::Transaction& t) {
    EXPECT_THAT(stored(t), SizeIs(done + 1));
    return true;
  });
}

TEST_P(StoreContract, ASecondOpeningIsRefusedAndNamesTheHolder) {
  auto second = under_test_->open(clock_, listener_, {});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::conflict);
  EXPECT_THAT(second.error().message, HasSubstr(std::to_string(getpid())));
  EXPECT_THAT(second.error().message, HasSubstr("data"));
  EXPECT_FALSE(write(kInsertRoom));
}

TEST_P(StoreContract, DataOfANewerVersionIsRefused) {
  close();
  under_test_->pretend_newer_version();
  auto opened = under_test_->open(clock_, listener_, {});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::invalid);
  EXPECT_THAT(opened.error().message, HasSubstr("newer version"));
}

TEST_P(StoreContract, ABackupTakenWhileWritingIsWholeAndConsistent) {
  write(kInsertRoom);
  std::atomic<bool> stop = false;
  std::atomic<int> sent = 0;
  Gate some_sent;
  std::thread writer([&] {
    while (!stop) {
      EXPECT_FALSE(write(sending(std::string(2'000, 'x'))));
      if (++sent == 50) some_sent.open();
    }
  });
  some_sent.wait();
  const auto path = under_test_->new_path();
  const int before = sent;
  const auto done = store_->backup(path);
  stop = true;
  writer.join();
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_FALSE(store_->backup(path));

  RecordingListener listener;
  auto copy = under_test_->open_backup(path, clock_, listener);
  ASSERT_TRUE(copy) << copy.error().message;
  close();
  store_ = std::move(*copy);
  read([&](chat::Transaction& t) {
    const auto room = t.rooms().find(kAccount, {1}).value();
    EXPECT_GE(room.seq, before);
    chat::MessageQuery query;
    query.account = kAccount;
    query.room = {1};
    query.limit = 1;
    EXPECT_EQ(t.messages().list(query)[0].seq, room.seq);
    return true;
  });
  EXPECT_FALSE(write(sending("the copy lives on")));
  close();
}

TEST_P(StoreContract, EveryFinishedJobIsThereOnceAfterTheProcessIsKilled) {
  write(kInsertRoom);
  close();  // a child must not inherit threads
  for (int round = 1; round <= 3; ++round) {
    int pipe_ends[2];
    ASSERT_EQ(pipe(pipe_ends), 0);
    const pid_t child = fork();
    if (child == 0) {
      open();
      for (int i = 0;; ++i) {
        const auto text = std::to_string(round) + "/" + std::to_string(i);
        submit([text](chat::Transaction& t) {
          send(t, {1}, text);
          return true;
        }).wait();
        const auto line = text + "\n";
        if (::write(pipe_ends[1], line.data(), line.size()) < 0) _exit(1);
      }
    }
    ::close(pipe_ends[1]);
    std::string acknowledged;
    char buffer[4096];
    while (acknowledged.size() < 600) {
      const auto size = ::read(pipe_ends[0], buffer, sizeof buffer);
      ASSERT_GT(size, 0);
      acknowledged.append(buffer, static_cast<std::size_t>(size));
    }
    kill(child, SIGKILL);
    for (ssize_t size; (size = ::read(pipe_ends[0], buffer, sizeof buffer)) > 0;)
      acknowledged.append(buffer, static_cast<std::size_t>(size));
    waitpid(child, nullptr, 0);
    ::close(pipe_ends[0]);

    open();
    read([&](chat::Transaction& t) {
      std::map<std::string, int> times;
      for (const auto& text : stored(t)) ++times[text];
      std::istringstream lines(acknowledged);
      for (std::string text; std::getline(lines, text);) EXPECT_EQ(times[text], 1) << text;
      return true;
    });
    close();
  }
}

}  // namespace
}  // namespace parlor::store
