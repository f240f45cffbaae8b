#include "app/dispatcher.h"

#include <gtest/gtest.h>

#include "support/world.h"

namespace parlor::app {
namespace {

using delivery::PresenceChange;

// Runs each job at once, but for those that it is told to refuse.
class RefusingStore final : public store::Store {
 public:
  void submit(store::Lane, std::unique_ptr<store::Job> job) override {
    const std::lock_guard lock(mutex_);
    if (refusals_ > 0) {
      --refusals_;
      const Error busy{ErrorCode::unavailable, "too busy"};
      job->finished(&busy);
    } else {
      job->run(world.tx);
      job->finished(nullptr);
    }
    ++jobs_;
    changed_.notify_all();
  }
  Result<Ok> backup(const std::string&) override { return Ok(); }
  void stop() override {}

  void refuse(int jobs) {
    const std::lock_guard lock(mutex_);
    refusals_ = jobs;
  }
  template <class Check>
  bool comes_to(Check check) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(10), check);
  }
  bool has_refused_all() {
    return comes_to([this] { return refusals_ == 0; });
  }
  bool has_run(int jobs) {
    return comes_to([&] { return jobs_ >= jobs; });
  }
  bool becomes(const chat::Actor& who, chat::Availability availability) {
    return comes_to([&] { return availability_of(who) == availability; });
  }
  chat::Availability availability_of(const chat::Actor& who) {
    return world.tx.routing().candidate(who.account, who.conversation)->availability;
  }

  chat::testing::World world;

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int refusals_ = 0;
  int jobs_ = 0;
};

class DispatcherTest : public ::testing::Test {
 protected:
  void start() {
    dispatcher_.start(
        store_, [this](const delivery::AgentSignal& signal) { expected_.push_back(signal.agent); });
    // Two pages of who is expected, and the first step.
    ASSERT_TRUE(store_.has_run(3));
  }
  PresenceChange change(const chat::Actor& who, bool is_here) {
    return {who.account, who.conversation, is_here};
  }

  ManualClock clock_{Timestamp{1'000'000}};
  RefusingStore store_;
  chat::testing::World& world_ = store_.world;
  std::vector<ConversationId> expected_;
  Dispatcher dispatcher_{clock_, chat::RoutingSettings{}};
};

TEST_F(DispatcherTest, WhoWasLeftAsPresentIsExpected) {
  chat::set_availability(world_.tx, world_.ann, {chat::Availability::away, {}}).value();
  chat::set_availability(world_.tx, world_.bob, {chat::Availability::active, true}).value();
  start();
  dispatcher_.stop();
  EXPECT_EQ(expected_, (std::vector{world_.ada.conversation, world_.carl.conversation,
                                    world_.eve.conversation}));
}

TEST_F(DispatcherTest, ATransitionThatCannotBeWrittenIsWrittenLater) {
  start();
  store_.refuse(1);
  dispatcher_.presence_changed({change(world_.ann, false), change(world_.bob, false)});
  ASSERT_TRUE(store_.has_refused_all());
  clock_.advance(Dispatcher::kRetryMs);
  dispatcher_.wake();
  EXPECT_TRUE(store_.becomes(world_.ann, chat::Availability::away));
  EXPECT_TRUE(store_.becomes(world_.bob, chat::Availability::away));
  dispatcher_.stop();
}

TEST_F(DispatcherTest, WhatHasChangedSinceCounts) {
  start();
  store_.refuse(1);
  dispatcher_.presence_changed({change(world_.ann, false), change(world_.bob, false)});
  ASSERT_TRUE(store_.has_refused_all());
  dispatcher_.presence_changed({change(world_.ann, true)});
  clock_.advance(Dispatcher::kRetryMs);
  dispatcher_.wake();
  EXPECT_TRUE(store_.becomes(world_.bob, chat::Availability::away));
  dispatcher_.stop();
  EXPECT_EQ(store_.availability_of(world_.ann), chat::Availability::active);
}

}  // namespace
}  // namespace parlor::app
