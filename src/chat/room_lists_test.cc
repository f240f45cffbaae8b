#include "chat/room_lists.h"

#include <gtest/gtest.h>

#include "chat/messages.h"
#include "chat/rooms.h"
#include "support/world.h"

namespace parlor::chat {
namespace {

using testing::World;

struct Lists : ::testing::Test {
  Lists() {
    const Inbox sales = world.add_inbox("Sales", {world.carl});
    const Inbox open = world.add_inbox("Open", {world.carl, world.ada}, Visibility::inbox);
    start("queued");
    anns = start("anns");
    world.assign(anns, {world.ann});
    world.assign(start("carls"), {world.carl});
    move(start("sales queued"), {}, sales.id);
    move(start("open, with ada"), {world.ada}, open.id);
    world.tx.take_events();
  }
  RoomId start(const std::string& description) {
    world.tx.advance(1000);
    return world.start_room(description).id;
  }
  void move(RoomId room, const std::vector<Actor>& agents, std::optional<InboxId> inbox) {
    ReassignRoom input{room, {}, inbox, ""};
    for (const Actor& agent : agents) input.agents.push_back(agent.conversation);
    reassign_room(world.tx, world.ada, input).value();
  }
  std::string subjects(const Actor& actor, const ListRooms& input) {
    std::string text;
    const auto list = list_rooms(world.tx, actor, input).value();
    for (const RoomEntry& entry : list.rooms) {
      text += (text.empty() ? "" : "; ") + entry.room.subject;
    }
    return text;
  }

  World world;
  RoomId anns;
};

TEST_F(Lists, AnAgentSeesItsRoomsTheQueuesOfItsInboxesAndOpenInboxes) {
  EXPECT_EQ(subjects(world.ann, {}), "anns; queued");
  EXPECT_EQ(subjects(world.bob, {}), "queued");
  EXPECT_EQ(subjects(world.carl, {}), "open, with ada; sales queued; carls");
  EXPECT_EQ(subjects(world.ada, {}), "open, with ada; sales queued; carls; anns; queued");
  EXPECT_EQ(subjects(world.eve, {}), "");
}

TEST_F(Lists, AnotherAgentsListIsForAdmins) {
  ListRooms input;
  input.of_agent = world.ann.conversation;
  EXPECT_EQ(subjects(world.ada, input), "anns; queued");
  EXPECT_EQ(subjects(world.ann, input), "anns; queued") << "one's own";
  EXPECT_EQ(list_rooms(world.tx, world.bob, input).error().code, ErrorCode::forbidden);
  EXPECT_EQ(list_rooms(world.tx, world.eve, input).error().code, ErrorCode::not_found);
  EXPECT_EQ(list_rooms(world.tx, world.vic, {}).error().code, ErrorCode::forbidden);
}

TEST_F(Lists, PagesAreBounded) {
  ListRooms input;
  input.limit = 2;
  input.page = 2;
  EXPECT_EQ(subjects(world.ada, input), "carls; anns");
  EXPECT_EQ(list_rooms(world.tx, world.ada, input)->total, 5);
  input.limit = 1000;
  input.page = 1;
  EXPECT_EQ(list_rooms(world.tx, world.ada, input)->limit, 100);
  for (const auto& [page, limit] : {std::pair{0, 20}, {1, 0}, {-1, 20}, {1, -5}, {10'001, 20}}) {
    input.page = page;
    input.limit = limit;
    EXPECT_EQ(list_rooms(world.tx, world.ada, input).error().code, ErrorCode::invalid);
  }
}

TEST_F(Lists, UnreadIsTheCallersOwn) {
  ListRooms input;
  input.of_agent = world.ann.conversation;
  EXPECT_EQ(list_rooms(world.tx, world.ada, input)->rooms[0].unread, 1);
}

TEST_F(Lists, AVisitorSeesTheirOwnRoomsWithoutNotes) {
  SendAgentMessage note;
  note.room = anns;
  note.message = {MessageType::note, "angry customer", {}, ""};
  send_agent_message(world.tx, world.ann, note).value();
  const auto list = list_user_rooms(world.tx, world.vic, {}).value();
  ASSERT_EQ(list.total, 5);
  for (const auto& entry : list.rooms) {
    ASSERT_TRUE(entry.last_message);
    EXPECT_EQ(entry.last_message->type, MessageType::text);
    EXPECT_EQ(entry.unread, 0);
  }
  ListUserRooms search;
  search.search = "angry";
  EXPECT_EQ(list_user_rooms(world.tx, world.vic, search)->total, 0);
  const auto una = world.add_visitor(world.acme.id, "Una");
  EXPECT_EQ(list_user_rooms(world.tx, una, {})->total, 0);
  EXPECT_EQ(list_user_rooms(world.tx, world.ann, {}).error().code, ErrorCode::forbidden);
}

TEST_F(Lists, VerifiedOnlyIsEmptyForASessionThatIsNot) {
  ListUserRooms input;
  input.verified_only = true;
  EXPECT_EQ(list_user_rooms(world.tx, world.vic, input)->total, 0);
  Actor verified = world.vic;
  verified.verified = true;
  EXPECT_EQ(list_user_rooms(world.tx, verified, input)->total, 5);
}

}  // namespace
}  // namespace parlor::chat
