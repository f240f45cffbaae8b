#include "chat/viewing.h"

#include <gtest/gtest.h>

#include "support/world.h"

namespace parlor::chat {
namespace {

using testing::World;

TEST(ViewRoom, TheTeamOfTheRoomIsTold) {
  World world;
  const Room room = world.start_room();
  world.assign(room.id, {world.ann});
  ASSERT_TRUE(view_room(world.tx, world.ann, {room.id, true, 7}).has_value());
  const auto events = world.tx.take_events();
  ASSERT_EQ(events.size(), 1U);
  const auto& viewed = std::get<RoomViewed>(events[0].body);
  EXPECT_EQ(viewed.agent, world.ann.conversation);
  EXPECT_EQ(viewed.name, "Ann");
  EXPECT_TRUE(viewed.is_open);
  EXPECT_EQ(viewed.connection, 7U);
  EXPECT_FALSE(events[0].audience.contact);
  EXPECT_TRUE(events[0].audience.admins);
  EXPECT_EQ(events[0].audience.agents, std::vector{world.ann.conversation});
  EXPECT_EQ(events[0].seq, 0) << "nothing of the room has changed";
  EXPECT_EQ(world.room(room.id).seq, room.seq + 1) << "but for the assignment";
}

TEST(ViewRoom, IsForAgentsWhoMaySeeTheRoom) {
  World world;
  const Room room = world.start_room();
  world.assign(room.id, {world.ann});
  const auto code_for = [&](const Actor& actor) {
    return view_room(world.tx, actor, {room.id, true, 7}).error().code;
  };
  EXPECT_EQ(code_for(world.bob), ErrorCode::forbidden);
  EXPECT_EQ(code_for(world.vic), ErrorCode::forbidden);
  EXPECT_EQ(code_for(world.eve), ErrorCode::not_found);
  EXPECT_TRUE(world.tx.take_events().empty());
}

}  // namespace
}  // namespace parlor::chat
