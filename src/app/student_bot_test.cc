#include "app/student_bot.h"

#include <gtest/gtest.h>

#include <future>
#include <vector>

#include "app/commit_publisher.h"
#include "app/function_job.h"
#include "support/open_store.h"
#include "support/temporary_directory.h"

namespace parlor::app {
namespace {

const AccountId kAccount{7};

class StudentBotOverAStore : public ::testing::Test {
 protected:
  void SetUp() override {
    store_ = open_store(directory_.path(), clock_, listener_);
    bot_ = std::move(*StudentBot::read());
  }
  void TearDown() override {
    bot_->stop();
    store_->stop();
  }

  void wait_until_ready() {
    std::promise<void> ready;
    ASSERT_TRUE(bot_->when_ready(kAccount, 1, [&] { ready.set_value(); }));
    ready.get_future().wait();
  }

  TemporaryDirectory directory_;
  SystemClock clock_;
  QuietListener listener_;
  std::unique_ptr<store::SqliteStore> store_;
  std::unique_ptr<StudentBot> bot_;
};

TEST_F(StudentBotOverAStore, CallsWaitInTheirOrderUntilItHasLearned) {
  EXPECT_FALSE(bot_->is_ready(kAccount));
  std::vector<int> order;
  for (int i = 0; i < 3; ++i)
    EXPECT_TRUE(bot_->when_ready(kAccount, 1, [&order, i] { order.push_back(i); }));
  EXPECT_TRUE(order.empty());
  ASSERT_TRUE(bot_->load(*store_));
  wait_until_ready();
  EXPECT_EQ(order, (std::vector{0, 1, 2}));
  EXPECT_TRUE(bot_->is_ready(kAccount));
  EXPECT_EQ(bot_->try_out(kAccount, "I can't log in").decision.intent, "LOGIN_PROBLEM");
}

TEST_F(StudentBotOverAStore, StoppedWhileItLearnsItNeitherLearnsNorCallsWhoWaits) {
  EXPECT_TRUE(bot_->when_ready(kAccount, 1, [] { FAIL(); }));
  ASSERT_TRUE(bot_->load(*store_));
  bot_->stop();
  EXPECT_FALSE(bot_->is_ready(kAccount));
}

TEST_F(StudentBotOverAStore, NoMoreCallsWaitThanMay) {
  for (std::size_t i = 0; i < StudentBot::kMostCalls; ++i)
    ASSERT_TRUE(bot_->when_ready(kAccount, 1, [] {}));
  EXPECT_FALSE(bot_->when_ready(kAccount, 1, [] { FAIL(); }));
}

TEST_F(StudentBotOverAStore, NoMoreBytesWaitThanMay) {
  EXPECT_TRUE(bot_->when_ready(kAccount, StudentBot::kMostCallBytes, [] {}));
  EXPECT_FALSE(bot_->when_ready(kAccount, 1, [] { FAIL(); }));
}

TEST_F(StudentBotOverAStore, BeforeItHasLearnedChatsGoToPeopleRatherThanUnanswered) {
  const auto understood = bot_->understand(kAccount, "I can't log in");
  chat::BotSituation situation;
  situation.account = kAccount;
  const auto decision = bot_->decide(situation, understood);
  EXPECT_EQ(decision.status, chat::StudentStatus::waiting_for_admin);
  EXPECT_EQ(decision.escalation, "failure");
}

}  // namespace
}  // namespace parlor::app
