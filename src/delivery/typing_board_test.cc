#include "delivery/typing_board.h"

#include <gtest/gtest.h>

namespace parlor::delivery {
namespace {

constexpr Timestamp kNow{1'000'000};

Typing say(std::int64_t room, std::int64_t from, bool is_typing = true) {
  Typing typing;
  typing.signal.room = RoomId{room};
  typing.signal.from = ConversationId{from};
  typing.is_typing = is_typing;
  return typing;
}

TEST(TypingBoard, TheFirstSignalIsToldAndItsRepetitionIsNot) {
  TypingBoard board;
  EXPECT_EQ(board.put(say(1, 7), kNow).size(), 1U);
  EXPECT_TRUE(board.put(say(1, 7), kNow + 1000).empty());
  EXPECT_EQ(board.put(say(1, 8), kNow).size(), 1U);
  EXPECT_EQ(board.put(say(2, 7), kNow).size(), 1U);
}

TEST(TypingBoard, StoppingIsToldOnceAndOnlyOfWhoWasTyping) {
  TypingBoard board;
  EXPECT_TRUE(board.put(say(1, 7, false), kNow).empty());
  board.put(say(1, 7), kNow);
  const auto told = board.put(say(1, 7, false), kNow + 1);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_FALSE(told[0].is_typing);
  EXPECT_TRUE(board.put(say(1, 7, false), kNow + 2).empty());
}

TEST(TypingBoard, SilenceEndsTypingSixSecondsAfterTheLastSignal) {
  TypingBoard board;
  board.put(say(1, 7), kNow);
  board.put(say(1, 7), kNow + 4000);
  EXPECT_TRUE(board.expire(kNow + 6000).empty());
  EXPECT_EQ(board.next_expiry(), kNow + 10'000);
  const auto told = board.expire(kNow + 10'000);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_FALSE(told[0].is_typing);
  EXPECT_EQ(told[0].signal.from, ConversationId{7});
  EXPECT_FALSE(board.next_expiry());
}

}  // namespace
}  // namespace parlor::delivery
