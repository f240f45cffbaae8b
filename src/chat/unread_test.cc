#include "chat/unread.h"

#include <gtest/gtest.h>

#include "chat/delivery_status.h"

namespace parlor::chat {
namespace {

constexpr ConversationId kContact{1};
constexpr ConversationId kAnn{2};
constexpr ConversationId kBob{3};

TEST(Unread, IsTheOtherSidesCountLessWhatTheReaderCounted) {
  Room room;
  room.customer_count = 5;
  room.team_count = 3;
  const auto at = [](std::int64_t counted) { return ReadMarker{RoomId{1}, kAnn, 9, counted, 0}; };
  EXPECT_EQ(unread_of(ActorKind::agent, room, std::nullopt), 5);
  EXPECT_EQ(unread_of(ActorKind::admin, room, at(4)), 1);
  EXPECT_EQ(unread_of(ActorKind::agent, room, at(5)), 0);
  EXPECT_EQ(unread_of(ActorKind::contact, room, std::nullopt), 3);
  EXPECT_EQ(unread_of(ActorKind::contact, room, at(1)), 2);
  EXPECT_EQ(unread_of(ActorKind::contact, room, at(9)), 0);
}

TEST(DeliveryStatus, FollowsTheFurthestReaderOfTheOtherSide) {
  const auto progress = progress_of(
      {{RoomId{1}, kContact, 4, 0, 6}, {RoomId{1}, kAnn, 2, 0, 3}, {RoomId{1}, kBob, 5, 0, 5}},
      kContact);
  struct Case {
    SenderKind sender;
    MessageType type;
    std::int64_t seq;
    DeliveryStatus expected;
  };
  const Case cases[] = {
      {SenderKind::agent, MessageType::text, 4, DeliveryStatus::read},
      {SenderKind::agent, MessageType::text, 6, DeliveryStatus::delivered},
      {SenderKind::agent, MessageType::text, 7, DeliveryStatus::sent},
      {SenderKind::agent, MessageType::note, 1, DeliveryStatus::sent},
      {SenderKind::customer, MessageType::text, 5, DeliveryStatus::read},
      {SenderKind::customer, MessageType::text, 6, DeliveryStatus::sent},
  };
  for (const Case& c : cases) {
    Message message;
    message.sender = c.sender;
    message.type = c.type;
    message.seq = c.seq;
    EXPECT_EQ(status_of(message, progress), c.expected) << c.seq;
  }
}

}  // namespace
}  // namespace parlor::chat
