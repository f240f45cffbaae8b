#include "chat/reading.h"

#include <gtest/gtest.h>

#include "chat/messages.h"
#include "chat/rooms.h"
#include "chat/unread.h"
#include "support/world.h"

namespace parlor::chat {
namespace {

using testing::World;

struct Reading : ::testing::Test {
  Reading() : room(world.start_room("one")) { world.assign(room.id, {world.ann}); }

  Message say(const Actor& agent, const std::string& content,
              MessageType type = MessageType::text) {
    SendAgentMessage input;
    input.room = room.id;
    input.message.content = content;
    input.message.type = type;
    auto sent = send_agent_message(world.tx, agent, input).value();
    world.tx.take_events();
    return sent.message;
  }
  Message ask(const std::string& content) {
    SendUserMessage input;
    input.room = room.id;
    input.message.content = content;
    auto sent = send_user_message(world.tx, world.vic, input).value();
    world.tx.take_events();
    return sent.message;
  }
  std::int64_t unread(const Actor& actor) {
    return unread_of(actor.kind, world.room(room.id),
                     world.tx.rooms().marker(room.account, room.id, actor.conversation));
  }
  MessageId announced() {
    const Event event = world.tx.take_events().at(0);
    EXPECT_EQ(event.seq, 0) << "it takes no seq";
    return std::get<MessagesRead>(event.body).last_read;
  }

  World world;
  Room room;
};

TEST_F(Reading, UnreadIsEachReadersOwn) {
  ask("two");
  EXPECT_EQ(unread(world.ann), 2);
  EXPECT_EQ(unread(world.ada), 2);
  mark_read(world.tx, world.ann, {room.id, {}}).value();
  EXPECT_EQ(unread(world.ann), 0);
  EXPECT_EQ(unread(world.ada), 2);
  say(world.ann, "hello");
  say(world.ann, "psst", MessageType::note);
  EXPECT_EQ(unread(world.vic), 1) << "notes do not count";
  EXPECT_EQ(unread(world.ann), 0);
  mark_read(world.tx, world.vic, {room.id, {}}).value();
  EXPECT_EQ(unread(world.vic), 0);
}

TEST_F(Reading, MarkersOnlyGrow) {
  const Message two = ask("two");
  const Message three = ask("three");
  EXPECT_TRUE(mark_read(world.tx, world.ann, {room.id, three.id})->moved);
  world.tx.take_events();
  const auto written = world.tx.rows_written();
  EXPECT_FALSE(mark_read(world.tx, world.ann, {room.id, two.id})->moved);
  EXPECT_FALSE(mark_read(world.tx, world.ann, {room.id, three.id})->moved);
  EXPECT_FALSE(mark_delivered(world.tx, world.ann, {room.id, two.id})->moved);
  EXPECT_EQ(world.tx.rows_written(), written) << "nothing is written";
  EXPECT_TRUE(world.tx.events.empty());
  EXPECT_EQ(unread(world.ann), 0);
}

TEST_F(Reading, ReadingUpToAMessageLeavesTheRestUnread) {
  const Message two = ask("two");
  ask("three");
  mark_read(world.tx, world.ann, {room.id, two.id}).value();
  EXPECT_EQ(unread(world.ann), 1);
  EXPECT_EQ(announced(), two.id);
}

TEST_F(Reading, TheOtherSideIsToldOfItsNewestMessageThatWasRead) {
  const Message two = ask("two");
  say(world.ann, "reply");
  say(world.ann, "note", MessageType::note);
  mark_read(world.tx, world.ada, {room.id, {}}).value();
  EXPECT_EQ(announced(), two.id);
}

TEST_F(Reading, NobodyIsToldWhenNothingOfTheirsIsNew) {
  mark_read(world.tx, world.ann, {room.id, {}}).value();
  world.tx.take_events();
  say(world.ann, "reply");
  EXPECT_TRUE(mark_read(world.tx, world.ann, {room.id, {}})->moved);
  EXPECT_TRUE(world.tx.events.empty());
}

TEST_F(Reading, AContactReadsNoNotes) {
  const Message note = say(world.ann, "note", MessageType::note);
  EXPECT_EQ(mark_read(world.tx, world.vic, {room.id, note.id}).error(),
            (Error{ErrorCode::not_found, "Message not found"}));
  EXPECT_EQ(mark_delivered(world.tx, world.vic, {room.id, note.id}).error().code,
            ErrorCode::not_found);
}

TEST_F(Reading, DeliveredIsNotRead) {
  const Message reply = say(world.ann, "reply");
  mark_delivered(world.tx, world.vic, {room.id, reply.id}).value();
  EXPECT_TRUE(world.tx.events.empty());
  EXPECT_EQ(unread(world.vic), 1);
  mark_read(world.tx, world.vic, {room.id, reply.id}).value();
  EXPECT_EQ(unread(world.vic), 0);
}

TEST_F(Reading, StrangersMarkNothing) {
  EXPECT_EQ(mark_read(world.tx, world.bob, {room.id, {}}).error().code, ErrorCode::forbidden);
  EXPECT_EQ(mark_read(world.tx, world.oz, {room.id, {}}).error().code, ErrorCode::not_found);
  EXPECT_EQ(mark_read(world.tx, world.ann, {room.id, MessageId{7}}).error().code,
            ErrorCode::not_found);
}

}  // namespace
}  // namespace parlor::chat
