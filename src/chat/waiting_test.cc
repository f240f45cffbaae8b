#include "chat/waiting.h"

#include <gtest/gtest.h>

namespace parlor::chat {
namespace {

Message by(SenderKind sender, std::int64_t at, MessageType type = MessageType::text) {
  Message message;
  message.sender = sender;
  message.type = type;
  message.created_at = {at};
  return message;
}
Message customer(std::int64_t at) { return by(SenderKind::customer, at); }
Message agent(std::int64_t at) { return by(SenderKind::agent, at); }

TEST(Waiting, AWaitRunsFromTheFirstUnansweredMessage) {
  Room room;
  EXPECT_FALSE(follow_wait(room, customer(100)));
  EXPECT_FALSE(follow_wait(room, customer(200)));
  EXPECT_EQ(room.waiting_since, Timestamp{100});
  const auto answered = follow_wait(room, agent(1'100));
  ASSERT_TRUE(answered);
  EXPECT_EQ(answered->wait_ms, 1'000);
  EXPECT_TRUE(answered->is_first);
  EXPECT_EQ(room.waiting_since, Timestamp{});
}

TEST(Waiting, OnlyTheFirstAnswerEndsIt) {
  Room room;
  follow_wait(room, customer(100));
  follow_wait(room, agent(200));
  EXPECT_FALSE(follow_wait(room, agent(300)));
}

TEST(Waiting, ALaterWaitIsNoFirstResponse) {
  Room room;
  follow_wait(room, customer(100));
  follow_wait(room, agent(200));
  follow_wait(room, customer(300));
  const auto answered = follow_wait(room, agent(350));
  ASSERT_TRUE(answered);
  EXPECT_EQ(answered->wait_ms, 50);
  EXPECT_FALSE(answered->is_first);
}

TEST(Waiting, ARoomThatTheTeamBeganHasNoFirstResponse) {
  Room room;
  EXPECT_FALSE(follow_wait(room, agent(50)));
  follow_wait(room, customer(100));
  const auto answered = follow_wait(room, agent(200));
  ASSERT_TRUE(answered);
  EXPECT_FALSE(answered->is_first);
}

TEST(Waiting, NotesAndAutomationsAnswerNobody) {
  Room room;
  follow_wait(room, customer(100));
  EXPECT_FALSE(follow_wait(room, by(SenderKind::agent, 150, MessageType::note)));
  auto bot = agent(160);
  bot.integration_app = "bot";
  EXPECT_FALSE(follow_wait(room, bot));
  EXPECT_EQ(room.waiting_since, Timestamp{100});
  EXPECT_EQ(room.answered_at, Timestamp{});
}

TEST(Waiting, ImagesAndFilesAnswer) {
  for (const auto type : {MessageType::image, MessageType::file}) {
    Room room;
    follow_wait(room, customer(100));
    EXPECT_TRUE(follow_wait(room, by(SenderKind::agent, 200, type)));
  }
}

TEST(Waiting, ClosingDropsIt) {
  Room room;
  follow_wait(room, customer(100));
  drop_wait(room);
  EXPECT_FALSE(follow_wait(room, agent(200)));
}

}  // namespace
}  // namespace parlor::chat
