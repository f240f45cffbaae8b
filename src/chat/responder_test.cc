#include "chat/responder.h"

#include <gtest/gtest.h>

#include "support/plain_responder.h"

namespace parlor::chat {
namespace {

class Learner : public testing::PlainResponder {
 public:
  bool is_ready(AccountId) const override { return ready; }
  UnderstandingPtr understand(AccountId account, std::string_view text) const override {
    ++understood;
    return PlainResponder::understand(account, text);
  }
  bool ready = false;
  mutable int understood = 0;
};

TEST(Hearing, ABotThatStillLearnsIsNotAskedAndIsNotTakenForBroken) {
  Learner bot;
  const auto heard = hear(&bot, {}, "hello");
  EXPECT_EQ(bot.understood, 0);
  EXPECT_FALSE(heard.understood);
  EXPECT_FALSE(heard.is_broken);
}

TEST(Hearing, ABotThatUnderstandsNothingIsBroken) {
  Learner bot;
  bot.ready = true;
  EXPECT_TRUE(hear(&bot, {}, "not understood").is_broken);
  EXPECT_FALSE(hear(&bot, {}, "hello").is_broken);
}

TEST(Hearing, ABotThatStillLearnsIsWaitedFor) {
  Learner bot;
  const auto heard = hear(&bot, {}, "hello");
  EXPECT_EQ(awaited_bot(heard, {}), &bot);
  const auto ready = require_ready(heard, {});
  ASSERT_FALSE(ready);
  EXPECT_EQ(ready.error().code, ErrorCode::unavailable);
  bot.ready = true;
  EXPECT_TRUE(require_ready(heard, {}));
}

TEST(Hearing, OneThatHasUnderstoodOrBrokenOrIsMissingIsNotWaitedFor) {
  Learner bot;
  bot.ready = true;
  const auto heard = hear(&bot, {}, "hello");
  const auto broken = hear(&bot, {}, "not understood");
  bot.ready = false;
  EXPECT_TRUE(require_ready(heard, {}));
  EXPECT_TRUE(require_ready(broken, {}));
  EXPECT_TRUE(require_ready(hear(nullptr, {}, "hello"), {}));
}

}  // namespace
}  // namespace parlor::chat
