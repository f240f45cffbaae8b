#include "chat/room_lists.h"

#include <gtest/gtest.h>

#include "chat/messages.h"
#include "chat/preferences.h"
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

ListRooms view(RoomView view) {
  ListRooms input;
  input.view = view;
  return input;
}

TEST_F(Lists, MineAreThoseAssignedToTheViewer) {
  EXPECT_EQ(subjects(world.ann, view(RoomView::mine)), "anns");
  EXPECT_EQ(subjects(world.bob, view(RoomView::mine)), "");
  EXPECT_EQ(subjects(world.ada, view(RoomView::mine)), "open, with ada");
  auto of_carl = view(RoomView::mine);
  of_carl.of_agent = world.carl.conversation;
  EXPECT_EQ(subjects(world.ada, of_carl), "carls");
}

TEST_F(Lists, UnassignedAreTheQueuesOfTheViewersInboxes) {
  EXPECT_EQ(subjects(world.ann, view(RoomView::unassigned)), "queued");
  EXPECT_EQ(subjects(world.carl, view(RoomView::unassigned)), "sales queued");
  EXPECT_EQ(subjects(world.ada, view(RoomView::unassigned)), "sales queued; queued");
}

TEST_F(Lists, FavoritesAreThoseThatTheViewerStillSees) {
  toggle_favorite(world.tx, world.ann, {anns, ""}).value();
  toggle_favorite(world.tx, world.ada, {anns, ""}).value();
  EXPECT_EQ(subjects(world.ann, view(RoomView::favorite)), "anns");
  EXPECT_EQ(subjects(world.bob, view(RoomView::favorite)), "");
  EXPECT_EQ(list_rooms(world.tx, world.ann, view(RoomView::favorite))->total, 1);
  world.assign(anns, {world.bob});
  EXPECT_EQ(subjects(world.ann, view(RoomView::favorite)), "");
  EXPECT_EQ(subjects(world.ada, view(RoomView::favorite)), "anns");
}

TEST_F(Lists, SnoozedAreThoseAsleepNow) {
  snooze_room(world.tx, world.ann, {anns, world.tx.now().ms + 5000}).value();
  EXPECT_EQ(subjects(world.ann, view(RoomView::snoozed)), "anns");
  auto closed = view(RoomView::snoozed);
  closed.status = RoomStatus::closed;
  EXPECT_EQ(subjects(world.ann, closed), "");
  world.tx.advance(5000);
  EXPECT_EQ(subjects(world.ann, view(RoomView::snoozed)), "");
}

TEST_F(Lists, TheBotsAreNobodysPendingRoomsOfItsInboxes) {
  world.set_status(anns, RoomStatus::pending);
  EXPECT_EQ(subjects(world.ann, view(RoomView::bot)), "");
  auto inbox = world.inbox;
  inbox.has_bot = true;
  world.tx.inboxes().update(inbox);
  EXPECT_EQ(subjects(world.ann, view(RoomView::bot)), "") << "it is Ann's, and not the bot's";
  world.assign(anns, {});
  EXPECT_EQ(subjects(world.ann, view(RoomView::bot)), "anns");
  EXPECT_EQ(subjects(world.carl, view(RoomView::bot)), "");
  auto open = view(RoomView::bot);
  open.status = RoomStatus::open;
  EXPECT_EQ(subjects(world.ann, open), "") << "filters are ANDed with the view";
}

TEST_F(Lists, ATagFindsTheRoomsThatCarryItNow) {
  const auto tag = [&](std::vector<std::string> tags) {
    UpdateRoom update;
    update.room = anns;
    update.tags = std::move(tags);
    update_room(world.tx, world.ada, update).value();
  };
  ListRooms vip;
  vip.tag = "vip";
  tag({"late", "vip"});
  EXPECT_EQ(subjects(world.ann, vip), "anns");
  EXPECT_EQ(subjects(world.bob, vip), "");
  vip.priority = Priority::urgent;
  EXPECT_EQ(subjects(world.ann, vip), "");
  vip.priority.reset();
  vip.search = "anns";
  EXPECT_EQ(subjects(world.ann, vip), "anns");
  tag({"late"});
  EXPECT_EQ(subjects(world.ann, vip), "");
  vip.search.clear();
  EXPECT_EQ(subjects(world.ann, vip), "");
}

}  // namespace
}  // namespace parlor::chat
