#include "delivery/presence.h"

#include <gtest/gtest.h>

namespace parlor::delivery {
namespace {

constexpr Timestamp kNow{1'000'000};
constexpr std::int64_t kGrace = 60'000;

using What = AgentSignal::What;

AgentSignal signal(std::int64_t agent, What what) { return {{1}, {agent}, what}; }
AgentSignal opened(std::int64_t agent) { return signal(agent, What::socket_opened); }
AgentSignal closed(std::int64_t agent) { return signal(agent, What::socket_closed); }
AgentSignal expected(std::int64_t agent) { return signal(agent, What::expected); }

TEST(Presence, TheFirstSocketIsToldAndAnotherIsNot) {
  Presence presence(kGrace);
  const auto told = presence.put(opened(7), kNow);
  ASSERT_TRUE(told);
  EXPECT_TRUE(told->is_here);
  EXPECT_EQ(told->agent, ConversationId{7});
  EXPECT_EQ(told->account, AccountId{1});
  EXPECT_FALSE(presence.put(opened(7), kNow));
  EXPECT_TRUE(presence.put(opened(8), kNow));
  EXPECT_FALSE(presence.next_expiry());
}

TEST(Presence, WhoHasNoSocketForTheGraceIsGone) {
  Presence presence(kGrace);
  presence.put(opened(7), kNow);
  presence.put(opened(7), kNow);
  EXPECT_FALSE(presence.put(closed(7), kNow + 5));
  EXPECT_FALSE(presence.next_expiry()) << "another socket is left";
  EXPECT_FALSE(presence.put(closed(7), kNow + 10));
  EXPECT_EQ(presence.next_expiry(), kNow + 10 + kGrace);
  EXPECT_TRUE(presence.expire(kNow + 9 + kGrace).empty());
  const auto gone = presence.expire(kNow + 10 + kGrace);
  ASSERT_EQ(gone.size(), 1U);
  EXPECT_FALSE(gone[0].is_here);
  EXPECT_TRUE(presence.expire(kNow + 2 * kGrace + 10).empty());
  EXPECT_TRUE(presence.put(opened(7), kNow + 3 * kGrace)) << "coming back is told";
}

TEST(Presence, WhoComesBackInTimeWasNeverGone) {
  Presence presence(kGrace);
  presence.put(opened(7), kNow);
  presence.put(closed(7), kNow);
  EXPECT_FALSE(presence.put(opened(7), kNow + (kGrace - 1)));
  EXPECT_FALSE(presence.next_expiry());
  EXPECT_TRUE(presence.expire(kNow + 10 * kGrace).empty());
}

TEST(Presence, WhoIsExpectedIsGoneUnlessTheyCome) {
  Presence presence(kGrace);
  presence.put(expected(7), kNow);
  presence.put(expected(8), kNow);
  presence.put(expected(8), kNow + 500);  // said so again
  EXPECT_TRUE(presence.put(opened(7), kNow + 1));
  EXPECT_TRUE(presence.expire(kNow + kGrace).empty());
  EXPECT_EQ(presence.expire(kNow + 500 + kGrace).size(), 1U);
  presence.put(expected(7), kNow);
  EXPECT_FALSE(presence.next_expiry()) << "who is connected need not be expected";
}

TEST(Presence, ASocketThatWasNeverSeenOpenChangesNothing) {
  Presence presence(kGrace);
  EXPECT_FALSE(presence.put(closed(7), kNow));
  presence.put(expected(7), kNow);
  EXPECT_FALSE(presence.put(closed(7), kNow + 10));
  EXPECT_EQ(presence.next_expiry(), kNow + kGrace);
}

}  // namespace
}  // namespace parlor::delivery
