#include "chat/room_rules.h"

#include <gtest/gtest.h>

namespace parlor::chat {
namespace {

constexpr ConversationId kAnn{1};
constexpr ConversationId kBob{2};
constexpr Timestamp kNow{1000};

TEST(RoomRules, StampsIncreaseStrictlyEvenWhenTheClockStandsOrGoesBack) {
  Room room;
  room.last_stamp = Timestamp{500};
  EXPECT_EQ(next_stamp(room, Timestamp{900}), Timestamp{900});
  EXPECT_EQ(next_stamp(room, Timestamp{500}), Timestamp{501});
  EXPECT_EQ(next_stamp(room, Timestamp{100}), Timestamp{501});
}

TEST(RoomRules, CustomerMessageReopensAClosedOrPendingRoom) {
  EXPECT_TRUE(customer_message_reopens(RoomStatus::closed));
  EXPECT_TRUE(customer_message_reopens(RoomStatus::pending));
  EXPECT_FALSE(customer_message_reopens(RoomStatus::open));
}

TEST(RoomRules, ClosingLeavesTheQueueAndReopeningWaitsAgain) {
  Room room;
  room.queued_at = Timestamp{10};
  set_status(room, RoomStatus::closed, kNow);
  EXPECT_EQ(room.closed_at, kNow);
  EXPECT_EQ(room.queued_at, Timestamp{});
  set_status(room, RoomStatus::open, kNow + 1);
  EXPECT_EQ(room.closed_at, Timestamp{});
  EXPECT_EQ(room.queued_at, kNow + 1);
}

TEST(RoomRules, AssigneesReplaceOnceEachAndKeepTheirTime) {
  Room room;
  room.queued_at = Timestamp{10};
  set_assignees(room, {kAnn}, kNow);
  EXPECT_EQ(room.queued_at, Timestamp{});
  set_assignees(room, {kBob, kAnn, kBob}, kNow + 5);
  EXPECT_EQ(room.assignees, (std::vector<Assignee>{{kBob, kNow + 5}, {kAnn, kNow}}));
  set_assignees(room, {}, kNow + 9);
  EXPECT_EQ(room.queued_at, kNow + 9);
  set_assignees(room, {}, kNow + 20);
  EXPECT_EQ(room.queued_at, kNow + 9) << "it keeps its place";
}

TEST(RoomRules, AClosedRoomWithoutAssigneesDoesNotWait) {
  Room room;
  room.status = RoomStatus::closed;
  set_assignees(room, {}, kNow);
  EXPECT_EQ(room.queued_at, Timestamp{});
}

TEST(RoomRules, ANoteShowsToAgentsOnlyAndCountsForNobody) {
  Room room;
  Message text;
  text.content = "hello";
  text.customer_count = 1;
  count_message(room, text);
  Message note;
  note.type = MessageType::note;
  note.content = "secret";
  note.customer_count = 7;
  note.team_count = 7;
  count_message(room, note);
  EXPECT_EQ(room.last_message->content, "secret");
  EXPECT_EQ(room.last_public_message->content, "hello");
  EXPECT_EQ(room.customer_count, 1);
  EXPECT_EQ(room.team_count, 0);
}

TEST(RoomRules, TheSubjectIsTheDescriptionCutAtEightyCharacters) {
  EXPECT_EQ(subject_of("  Where is\nmy order? "), "Where is my order?");
  std::string arabic;
  for (int i = 0; i < 100; ++i) arabic += "\u0645";
  EXPECT_EQ(subject_of(arabic).size(), 160u);
}

TEST(RoomRules, PreviewsAreCutAtACharacter) {
  Message message;
  message.content = std::string(kPreviewBytes - 1, 'x') + "\u00e9tc";
  EXPECT_EQ(preview_of(message).content, std::string(kPreviewBytes - 1, 'x'));
}

TEST(RoomRules, AssigneesAreSpelledAndReadBack) {
  Room room;
  EXPECT_EQ(spell_assignees(room), "");
  EXPECT_TRUE(parse_assignees("").empty());
  room.assignees = {{kAnn, Timestamp{11}}, {kBob, Timestamp{22}}};
  EXPECT_EQ(spell_assignees(room), "1,2");
  EXPECT_EQ(parse_assignees(spell_assignees_with_times(room)), room.assignees);
}

}  // namespace
}  // namespace parlor::chat
