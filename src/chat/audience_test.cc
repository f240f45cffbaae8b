// Who hears of each event, by the spec's table (conversation-v2.md, Socket.IO).
#include "chat/audience.h"

#include <gtest/gtest.h>

#include "chat/messages.h"
#include "chat/reading.h"
#include "chat/rooms.h"
#include "chat/typing.h"
#include "support/world.h"

namespace parlor::chat {
namespace {

using testing::World;

void agent_says(World& world, const Actor& agent, RoomId room,
                MessageType type = MessageType::text) {
  SendAgentMessage input;
  input.room = room;
  input.message.type = type;
  input.message.content = "hello";
  ASSERT_TRUE(send_agent_message(world.tx, agent, input));
}

void customer_says(World& world, RoomId room) {
  SendUserMessage input;
  input.room = room;
  input.message.content = "hello";
  ASSERT_TRUE(send_user_message(world.tx, world.vic, input));
}

TEST(Audience, ANewRoomIsHeardByTheQueueAndTheVisitor) {
  World world;
  ASSERT_TRUE(create_user_room(world.tx, world.vic, {world.inbox.id, "help", ""}));
  EXPECT_EQ(world.heard_by_all(),
            "Ada: newMessage; Ann: joinRoom newMessage; Bob: joinRoom newMessage; Vic: joinRoom");
}

TEST(Audience, ACustomersMessageIsHeardByTheQueueWhileUnassigned) {
  World world;
  const Room room = world.start_room();
  customer_says(world, room.id);
  EXPECT_EQ(world.heard_by_all(), "Ada: newMessage; Ann: newMessage; Bob: newMessage");
}

TEST(Audience, ACustomersMessageIsHeardByAssigneesAndAdminsOnceAssigned) {
  World world;
  const Room room = world.start_room();
  world.assign(room.id, {world.ann});
  customer_says(world, room.id);
  EXPECT_EQ(world.heard_by_all(), "Ada: newMessage; Ann: newMessage");
}

TEST(Audience, WhereMembersSeeAllTheyHearAll) {
  World world;
  world.inbox = world.add_inbox("Open", {world.ann, world.bob}, Visibility::inbox);
  const Room room = world.start_room();
  world.assign(room.id, {world.ann});
  customer_says(world, room.id);
  EXPECT_EQ(world.heard_by_all(), "Ada: newMessage; Ann: newMessage; Bob: newMessage");
}

TEST(Audience, AnAgentsMessageIsHeardByTheVisitorAndTheOtherAgents) {
  World world;
  const Room room = world.start_room();
  world.assign(room.id, {world.ann, world.carl});
  agent_says(world, world.ann, room.id);
  EXPECT_EQ(world.heard_by_all(), "Ada: newMessage; Carl: newMessage; Vic: newMessage");
}

TEST(Audience, ANoteIsHeardByTheOtherAgentsOnly) {
  World world;
  const Room room = world.start_room();
  world.assign(room.id, {world.ann, world.carl});
  agent_says(world, world.ann, room.id, MessageType::note);
  EXPECT_EQ(world.heard_by_all(), "Ada: newMessage:note; Carl: newMessage:note");
}

TEST(Audience, TakingARoomTellsTheQueueThatItIsGone) {
  World world;
  const Room room = world.start_room();
  agent_says(world, world.ann, room.id);
  EXPECT_EQ(world.heard_by_all(),
            "Ada: updateRoom:assignee newMessage; Ann: joinRoom updateRoom:assignee; "
            "Bob: accessLost; Vic: joinRoom newMessage");
}

TEST(Audience, ReassigningIsHeardByNewAssigneesAndThoseWhoLoseTheRoom) {
  World world;
  const Room room = world.start_room();
  world.assign(room.id, {world.ann});
  ReassignRoom input;
  input.room = room.id;
  input.agents = {world.carl.conversation};
  ASSERT_TRUE(reassign_room(world.tx, world.ada, input));
  EXPECT_EQ(world.heard_by_all(),
            "Ada: updateRoom:assignee; Ann: accessLost; Carl: joinRoom updateRoom:assignee; "
            "Vic: joinRoom");
}

TEST(Audience, GoingBackToTheQueueIsHeardByTheQueue) {
  World world;
  const Room room = world.start_room();
  world.assign(room.id, {world.carl});
  ReassignRoom input;
  input.room = room.id;
  ASSERT_TRUE(reassign_room(world.tx, world.ada, input));
  EXPECT_EQ(world.heard_by_all(),
            "Ada: updateRoom:assignee; Ann: joinRoom updateRoom:assignee; "
            "Bob: joinRoom updateRoom:assignee; Carl: accessLost; Vic: joinRoom");
}

TEST(Audience, AnAdminInTheInboxLosesNothing) {
  World world;
  world.inbox = world.add_inbox("Both", {world.ada, world.ann});
  const Room room = world.start_room();
  agent_says(world, world.ann, room.id);
  EXPECT_EQ(world.heard(world.ada), "updateRoom:assignee newMessage");
}

TEST(Audience, ReopeningIsHeardByTheRoomsAgentsAndTheVisitor) {
  World world;
  const Room room = world.start_room();
  world.assign(room.id, {world.ann});
  world.set_status(room.id, RoomStatus::closed);
  customer_says(world, room.id);
  EXPECT_EQ(world.heard_by_all(),
            "Ada: updateRoom:status newMessage; Ann: updateRoom:status newMessage; "
            "Vic: updateRoom:status");
}

TEST(Audience, OfOtherChangesTheVisitorHearsTheStatusOnly) {
  World world;
  const Room room = world.start_room();
  world.assign(room.id, {world.ann});
  UpdateRoom input;
  input.room = room.id;
  input.status = RoomStatus::pending;
  input.priority = Priority::urgent;
  input.tags = {"vip"};
  input.notes = "careful";
  ASSERT_TRUE(update_room(world.tx, world.ann, input));
  const std::string all = "updateRoom:status updateRoom:priority updateRoom:tags updateRoom:notes";
  EXPECT_EQ(world.heard_by_all(), "Ada: " + all + "; Ann: " + all + "; Vic: updateRoom:status");
}

TEST(Audience, ReadingIsHeardByTheOtherSide) {
  World world;
  const Room room = world.start_room();
  ASSERT_TRUE(mark_read(world.tx, world.ann, {room.id, {}}));
  EXPECT_EQ(world.heard_by_all(), "Vic: messageRead");
  agent_says(world, world.ann, room.id);
  world.tx.take_events();
  ASSERT_TRUE(mark_read(world.tx, world.vic, {room.id, {}}));
  EXPECT_EQ(world.heard_by_all(), "Ada: messageRead; Ann: messageRead");
}

TEST(Audience, TypingIsSeenByTheOtherSideAndTheOtherAgents) {
  World world;
  const Room room = world.start_room();
  const auto seen_by = [&](const Actor& typist) {
    const auto signal = may_signal_typing(world.tx, typist, room.id).value();
    EXPECT_EQ(signal.from, typist.conversation);
    EXPECT_EQ(signal.name, typist.name);
    world.tx.take_events();
    for (const Audience& audience : signal.audiences) {
      world.tx.record(Event{audience, room, 0, RoomCreated{}});
    }
    return world.heard_by_all();
  };
  EXPECT_EQ(seen_by(world.ann), "Ada: joinRoom; Bob: joinRoom; Vic: joinRoom");
  EXPECT_EQ(seen_by(world.vic), "Ada: joinRoom; Ann: joinRoom; Bob: joinRoom");
  world.tx.forbid_writing();
  EXPECT_TRUE(may_signal_typing(world.tx, world.vic, room.id));
  EXPECT_EQ(may_signal_typing(world.tx, world.carl, room.id).error().code, ErrorCode::forbidden);
  EXPECT_EQ(may_signal_typing(world.tx, world.eve, room.id).error().code, ErrorCode::not_found);
}

TEST(Audience, NoEventIsForBothSides) {
  World world;
  const Room room = create_user_room(world.tx, world.vic, {world.inbox.id, "a", ""})->room;
  agent_says(world, world.ann, room.id);
  world.set_status(room.id, RoomStatus::closed);
  customer_says(world, room.id);
  for (const Event& event : world.tx.events) {
    const Audience& audience = event.audience;
    const bool team = audience.admins || !audience.agents.empty() || audience.members_of;
    EXPECT_FALSE(team && audience.contact);
  }
}

}  // namespace
}  // namespace parlor::chat
