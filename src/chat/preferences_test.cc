#include "chat/preferences.h"

#include <gtest/gtest.h>

#include "chat/messages.h"
#include "chat/rooms.h"
#include "support/world.h"

namespace parlor::chat {
namespace {

using testing::World;

constexpr std::int64_t kHourMs = 3'600'000;

RoomPreference preference_of(World& world, const Actor& agent, RoomId room) {
  return world.tx.room_preferences().find(world.acme.id, room, agent.conversation);
}

Timestamp snooze(World& world, const Actor& agent, RoomId room, std::int64_t for_ms = kHourMs) {
  const auto until = world.tx.now() + for_ms;
  EXPECT_TRUE(snooze_room(world.tx, agent, {room, until.ms}));
  world.tx.take_events();
  return until;
}

void says(World& world, const Actor& agent, RoomId room, MessageType type) {
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

TEST(Favorite, TogglesForTheCallingAgentAlone) {
  World world;
  const auto room = world.start_room().id;
  EXPECT_TRUE(toggle_favorite(world.tx, world.ann, {room, ""}).value().is_favorite);
  EXPECT_EQ(world.heard_by_all(), "Ann: updateRoom:favorite");
  EXPECT_TRUE(get_room(world.tx, world.ann, room).value().preference.is_favorite);
  EXPECT_FALSE(get_room(world.tx, world.bob, room).value().preference.is_favorite);
  EXPECT_FALSE(toggle_favorite(world.tx, world.ann, {room, ""}).value().is_favorite);
  EXPECT_TRUE(world.tx.room_preferences().favorites(world.acme.id, world.ann.conversation).empty());
}

TEST(Favorite, TheSameClientIdTogglesOnce) {
  World world;
  const auto room = world.start_room().id;
  EXPECT_TRUE(toggle_favorite(world.tx, world.ann, {room, "k"}).value().is_favorite);
  EXPECT_TRUE(toggle_favorite(world.tx, world.ann, {room, "k"}).value().is_favorite);
  EXPECT_TRUE(preference_of(world, world.ann, room).is_favorite);
  const auto other = world.start_room().id;
  EXPECT_EQ(toggle_favorite(world.tx, world.ann, {other, "k"}).error().code, ErrorCode::conflict);
}

TEST(Favorite, IsForAgentsWhoMayEnterTheRoom) {
  World world;
  const auto room = world.start_room().id;
  for (const auto& stranger : {world.carl, world.vic})
    EXPECT_EQ(toggle_favorite(world.tx, stranger, {room, ""}).error().code, ErrorCode::forbidden);
  EXPECT_EQ(toggle_favorite(world.tx, world.eve, {room, ""}).error().code, ErrorCode::not_found);
  EXPECT_EQ(snooze_room(world.tx, world.carl, {room, 0}).error().code, ErrorCode::forbidden);
  EXPECT_EQ(snooze_room(world.tx, world.vic, {room, 0}).error().code, ErrorCode::forbidden);
  EXPECT_EQ(snooze_room(world.tx, world.eve, {room, 0}).error().code, ErrorCode::not_found);
}

TEST(Favorite, AnAgentHasAtMostFiveHundred) {
  World world;
  for (int i = 1; i <= kMaxFavorites; ++i)
    world.tx.room_preferences().put(world.acme.id, {{i}, world.ann.conversation, true, {}});
  const auto room = world.start_room().id;
  EXPECT_EQ(toggle_favorite(world.tx, world.ann, {room, ""}).error().code, ErrorCode::conflict);
  EXPECT_TRUE(toggle_favorite(world.tx, world.bob, {room, ""}));
}

TEST(Snooze, LastsUntilItsTimeForTheCallingAgentAlone) {
  World world;
  const auto room = world.start_room().id;
  const auto until = world.tx.now() + kHourMs;
  ASSERT_TRUE(snooze_room(world.tx, world.ann, {room, until.ms}));
  EXPECT_EQ(world.heard_by_all(), "Ann: updateRoom:snooze");
  EXPECT_EQ(preference_of(world, world.ann, room).snoozed_until, until);
  EXPECT_EQ(preference_of(world, world.bob, room).snoozed_until, Timestamp{});
}

TEST(Snooze, APastTimeHasNoEffectAndZeroClears) {
  World world;
  const auto room = world.start_room().id;
  const auto until = snooze(world, world.ann, room);
  ASSERT_TRUE(snooze_room(world.tx, world.ann, {room, world.tx.now().ms}));
  EXPECT_EQ(preference_of(world, world.ann, room).snoozed_until, until);
  EXPECT_TRUE(world.tx.events.empty());
  ASSERT_TRUE(snooze_room(world.tx, world.ann, {room, 0}));
  EXPECT_EQ(preference_of(world, world.ann, room).snoozed_until, Timestamp{});
  EXPECT_EQ(world.heard_by_all(), "Ann: updateRoom:snooze");
}

TEST(Snooze, NeedsATimeThatADateCanHold) {
  World world;
  const auto room = world.start_room().id;
  for (const auto time_ms : {std::int64_t{-1}, kLatestTimeMs + 1, INT64_MAX, INT64_MIN})
    EXPECT_EQ(snooze_room(world.tx, world.ann, {room, time_ms}).error().code, ErrorCode::invalid);
  EXPECT_TRUE(snooze_room(world.tx, world.ann, {room, kLatestTimeMs}));
}

TEST(Snooze, ColleaguesMessagesAreNotToldWhileItLasts) {
  World world;
  const auto room = world.start_room().id;
  world.assign(room, {world.ann, world.bob});
  snooze(world, world.ann, room);
  says(world, world.bob, room, MessageType::text);
  EXPECT_EQ(world.heard_by_all(), "Ada: newMessage; Vic: newMessage");
  world.tx.take_events();
  says(world, world.bob, room, MessageType::note);
  EXPECT_EQ(world.heard_by_all(), "Ada: newMessage:note");
  world.tx.take_events();
  world.set_status(room, RoomStatus::pending);
  world.tx.advance(kHourMs);
  says(world, world.bob, room, MessageType::text);
  EXPECT_EQ(world.heard(world.ann), "newMessage");
}

TEST(Snooze, ChangesOfTheRoomAreToldMeanwhile) {
  World world;
  const auto room = world.start_room().id;
  world.assign(room, {world.ann, world.bob});
  snooze(world, world.ann, room);
  UpdateRoom closing;
  closing.room = room;
  closing.status = RoomStatus::closed;
  ASSERT_TRUE(update_room(world.tx, world.bob, closing));
  EXPECT_EQ(world.heard(world.ann), "updateRoom:status");
}

TEST(Snooze, ACustomersMessageWakesEverybodyAndIsTold) {
  World world;
  const auto room = world.start_room().id;
  snooze(world, world.ann, room);
  snooze(world, world.bob, room);
  customer_says(world, room);
  EXPECT_EQ(
      world.heard_by_all(),
      "Ada: newMessage; Ann: updateRoom:snooze newMessage; Bob: updateRoom:snooze newMessage");
  EXPECT_EQ(preference_of(world, world.ann, room).snoozed_until, Timestamp{});
  EXPECT_FALSE(world.tx.room_preferences().next_due());
}

TEST(Snooze, ItsTimeWakesItOnce) {
  World world;
  const auto room = world.start_room().id;
  const auto until = snooze(world, world.ann, room);
  EXPECT_EQ(wake_due_rooms(world.tx), until);
  EXPECT_TRUE(world.tx.events.empty());
  world.tx.advance(kHourMs);
  EXPECT_FALSE(wake_due_rooms(world.tx));
  EXPECT_EQ(world.heard_by_all(), "Ann: updateRoom:snooze");
  world.tx.take_events();
  EXPECT_FALSE(wake_due_rooms(world.tx));
  EXPECT_TRUE(world.tx.events.empty());
}

TEST(Snooze, WhoCannotSeeTheRoomAnyMoreIsNotTold) {
  World world;
  const auto room = world.start_room().id;
  snooze(world, world.ann, room);
  world.assign(room, {world.bob});
  world.tx.advance(kHourMs);
  EXPECT_FALSE(wake_due_rooms(world.tx));
  EXPECT_EQ(world.heard_by_all(), "");
  EXPECT_EQ(preference_of(world, world.ann, room).snoozed_until, Timestamp{});
}

TEST(Snooze, ManyWakeInBatches) {
  World world;
  const auto room = world.start_room().id;
  for (int i = 1; i <= kWokenAtOnce + 1; ++i)
    world.tx.room_preferences().put(world.acme.id, {{room}, {1'000 + i}, true, Timestamp{i}});
  EXPECT_EQ(wake_due_rooms(world.tx), Timestamp{kWokenAtOnce + 1});
  EXPECT_FALSE(wake_due_rooms(world.tx));
  EXPECT_TRUE(world.tx.room_preferences().find(world.acme.id, room, {1'001}).is_favorite);
}

}  // namespace
}  // namespace parlor::chat
