#include "chat/messages.h"

#include <gtest/gtest.h>

#include "chat/rooms.h"
#include "support/world.h"

namespace parlor::chat {
namespace {

using testing::World;

SendAgentMessage agent_message(RoomId room, const std::string& content,
                               const std::string& client_id = "") {
  SendAgentMessage input;
  input.room = room;
  input.message.content = content;
  input.client_id = client_id;
  return input;
}

SendUserMessage user_message(RoomId room, const std::string& content,
                             const std::string& client_id = "") {
  SendUserMessage input;
  input.room = room;
  input.message.content = content;
  input.client_id = client_id;
  return input;
}

TEST(SendMessage, TakesTheNextSeqAndAStampAfterEveryOther) {
  World world;
  const Room room = world.start_room();
  EXPECT_EQ(room.seq, 2) << "1 is the room's creation, 2 the description";
  Timestamp last = room.last_stamp;
  for (int i = 0; i < 3; ++i) {  // the clock stands still
    const auto sent = send_agent_message(world.tx, world.ann, agent_message(room.id, "hi")).value();
    EXPECT_GT(sent.message.created_at, last);
    last = sent.message.created_at;
  }
  EXPECT_EQ(world.room(room.id).seq, 6) << "taking the room was a change too";
  EXPECT_EQ(world.room(room.id).last_stamp, last);
  EXPECT_EQ(world.room(room.id).updated_at, last);
}

TEST(SendMessage, KeepsRunningCountsAndPreviews) {
  World world;
  const Room room = world.start_room("first");
  send_user_message(world.tx, world.vic, user_message(room.id, "second")).value();
  auto note = agent_message(room.id, "secret");
  note.message.type = MessageType::note;
  const auto sent_note = send_agent_message(world.tx, world.ann, note).value();
  EXPECT_EQ(sent_note.message.team_count, 0);
  const Timestamp activity = world.room(room.id).last_activity;
  EXPECT_LT(activity, world.room(room.id).updated_at) << "a note is no activity";
  EXPECT_EQ(world.room(room.id).last_message->content, "secret");
  EXPECT_EQ(world.room(room.id).last_public_message->content, "second");
  const auto sent = send_agent_message(world.tx, world.ann, agent_message(room.id, "re")).value();
  EXPECT_EQ(sent.message.customer_count, 2);
  EXPECT_EQ(sent.message.team_count, 1);
  EXPECT_EQ(world.room(room.id).team_count, 1);
  EXPECT_EQ(world.room(room.id).last_public_message->content, "re");
}

TEST(SendMessage, AMemberWhoAnswersAnUnassignedRoomTakesIt) {
  World world;
  const Room room = world.start_room();
  auto note = agent_message(room.id, "who takes this?");
  note.message.type = MessageType::note;
  send_agent_message(world.tx, world.ann, note).value();
  EXPECT_TRUE(world.room(room.id).assignees.empty()) << "a note does not answer";
  send_agent_message(world.tx, world.ada, agent_message(room.id, "hello")).value();
  EXPECT_TRUE(world.room(room.id).assignees.empty()) << "an admin outside the inbox";
  send_agent_message(world.tx, world.bob, agent_message(room.id, "hello")).value();
  ASSERT_EQ(world.room(room.id).assignees.size(), 1u);
  EXPECT_EQ(world.room(room.id).assignees[0].agent, world.bob.conversation);
  EXPECT_EQ(world.room(room.id).queued_at, Timestamp{});
  EXPECT_EQ(send_agent_message(world.tx, world.ann, agent_message(room.id, "me too")).error(),
            (Error{ErrorCode::forbidden, "Not assigned to room"}));
}

TEST(SendMessage, ACustomerReopensTheRoomAndItsAssigneesStay) {
  for (const RoomStatus status : {RoomStatus::closed, RoomStatus::pending}) {
    World world;
    const Room room = world.start_room();
    world.assign(room.id, {world.ann});
    world.set_status(room.id, status);
    send_user_message(world.tx, world.vic, user_message(room.id, "again")).value();
    EXPECT_EQ(world.room(room.id).status, RoomStatus::open);
    EXPECT_EQ(world.room(room.id).closed_at, Timestamp{});
    EXPECT_EQ(world.room(room.id).assignees.size(), 1u);
  }
}

TEST(SendMessage, AnAgentDoesNotReopenTheRoom) {
  World world;
  const Room room = world.start_room();
  world.set_status(room.id, RoomStatus::closed);
  send_agent_message(world.tx, world.ann, agent_message(room.id, "bye")).value();
  EXPECT_EQ(world.room(room.id).status, RoomStatus::closed);
}

TEST(SendMessage, EachSideHasItsCall) {
  World world;
  const Room room = world.start_room();
  EXPECT_EQ(send_user_message(world.tx, world.ann, user_message(room.id, "x")).error().code,
            ErrorCode::forbidden);
  EXPECT_EQ(send_agent_message(world.tx, world.vic, agent_message(room.id, "x")).error().code,
            ErrorCode::forbidden);
  auto note = user_message(room.id, "x");
  note.message.type = MessageType::note;
  EXPECT_EQ(send_user_message(world.tx, world.vic, note).error().code, ErrorCode::invalid);
}

TEST(SendMessage, StrangersAreRefusedAndNothingIsWritten) {
  World world;
  const Room room = world.start_room();
  const auto una = world.add_visitor(world.acme.id, "Una");
  const auto written = world.tx.rows_written();
  EXPECT_EQ(send_agent_message(world.tx, world.carl, agent_message(room.id, "x")).error().code,
            ErrorCode::forbidden);
  EXPECT_EQ(send_agent_message(world.tx, world.eve, agent_message(room.id, "x")).error().code,
            ErrorCode::not_found);
  EXPECT_EQ(send_user_message(world.tx, una, user_message(room.id, "x")).error().code,
            ErrorCode::forbidden);
  EXPECT_EQ(send_user_message(world.tx, world.oz, user_message(room.id, "x")).error().code,
            ErrorCode::not_found);
  EXPECT_EQ(send_user_message(world.tx, world.vic, user_message(room.id, "")).error().code,
            ErrorCode::invalid);
  EXPECT_EQ(world.tx.rows_written(), written);
  EXPECT_TRUE(world.tx.events.empty());
}

TEST(SendMessage, TheSameClientIdGivesTheFirstAnswerAndTellsNobody) {
  World world;
  const Room room = world.start_room();
  const auto first =
      send_user_message(world.tx, world.vic, user_message(room.id, "hi", "k1")).value();
  EXPECT_FALSE(first.repeated);
  world.set_status(room.id, RoomStatus::closed);
  const auto again =
      send_user_message(world.tx, world.vic, user_message(room.id, "hi", "k1")).value();
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.message.id, first.message.id);
  EXPECT_TRUE(world.tx.events.empty());
  EXPECT_EQ(world.room(room.id).status, RoomStatus::closed) << "the state rules did not run";
  EXPECT_EQ(send_user_message(world.tx, world.vic, user_message(room.id, "ho", "k1")).error().code,
            ErrorCode::conflict);
  EXPECT_EQ(
      send_user_message(world.tx, world.vic, user_message(room.id, "hi", std::string(129, 'k')))
          .error()
          .code,
      ErrorCode::invalid);
}

TEST(SendMessage, ClientIdsAreEachActorsOwn) {
  World world;
  const Room room = world.start_room();
  world.assign(room.id, {world.ann, world.bob});
  const auto by_ann =
      send_agent_message(world.tx, world.ann, agent_message(room.id, "hi", "k")).value();
  const auto by_bob =
      send_agent_message(world.tx, world.bob, agent_message(room.id, "hi", "k")).value();
  EXPECT_NE(by_ann.message.id, by_bob.message.id);
}

TEST(SendMessage, ARepeatIsRefusedToWhoLostTheRoom) {
  World world;
  const Room room = world.start_room();
  world.assign(room.id, {world.ann});
  send_agent_message(world.tx, world.ann, agent_message(room.id, "hi", "k")).value();
  world.assign(room.id, {world.bob});
  EXPECT_EQ(send_agent_message(world.tx, world.ann, agent_message(room.id, "hi", "k")).error().code,
            ErrorCode::forbidden);
}

TEST(SendMessage, NewRoomCreatesTheRoomOnceWithItsAuthorAssigned) {
  World world;
  auto input = agent_message({}, "Hello Vic", "k");
  input.new_room = NewRoom{world.vic.contact, world.inbox.id};
  const auto sent = send_agent_message(world.tx, world.ann, input).value();
  const Room room = world.room(sent.message.room);
  EXPECT_EQ(room.subject, "Hello Vic");
  ASSERT_EQ(room.assignees.size(), 1u);
  EXPECT_EQ(room.assignees[0].agent, world.ann.conversation);
  EXPECT_EQ(world.heard_by_all(), "Ada: newMessage; Ann: joinRoom; Vic: joinRoom newMessage");
  EXPECT_EQ(send_agent_message(world.tx, world.ann, input)->message.id, sent.message.id);
  EXPECT_EQ(world.tx.count("SELECT COUNT(*) FROM room"), 1);
}

TEST(SendMessage, NewRoomNeedsAContactAndAnInboxOfTheCaller) {
  World world;
  auto input = agent_message({}, "Hello");
  input.new_room = NewRoom{world.oz.contact, world.inbox.id};
  EXPECT_EQ(send_agent_message(world.tx, world.ann, input).error(),
            (Error{ErrorCode::not_found, "Contact not found"}));
  input.new_room = NewRoom{world.vic.contact, world.other_inbox.id};
  EXPECT_EQ(send_agent_message(world.tx, world.ann, input).error(),
            (Error{ErrorCode::not_found, "Inbox not found"}));
  input.new_room = NewRoom{world.vic.contact, world.inbox.id};
  EXPECT_EQ(send_agent_message(world.tx, world.carl, input).error().code, ErrorCode::forbidden);
  EXPECT_EQ(world.tx.count("SELECT COUNT(*) FROM room"), 0);
}

TEST(SendMessage, ANoteInANewRoomIsNotItsSubject) {
  World world;
  auto input = agent_message({}, "suspicious");
  input.message.type = MessageType::note;
  input.new_room = NewRoom{world.vic.contact, world.inbox.id};
  const auto sent = send_agent_message(world.tx, world.ann, input).value();
  EXPECT_EQ(world.room(sent.message.room).subject, "");
}

}  // namespace
}  // namespace parlor::chat
