#include "chat/pruning.h"

#include <gtest/gtest.h>

#include "chat/messages.h"
#include "support/world.h"

namespace parlor::chat {
namespace {

using testing::World;

constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;

void walk_to_the_end(World& world) {
  PruningState state;
  for (int steps = 0; !state.is_done(); ++steps) {
    ASSERT_LT(steps, 10);
    state = prune_some(world.tx, state);
  }
}

Result<MessageSent> send(World& world, RoomId room, const std::string& client_id) {
  SendAgentMessage input;
  input.room = room;
  input.client_id = client_id;
  input.message.content = "hello";
  return send_agent_message(world.tx, world.ada, input);
}

TEST(Pruning, AWriteIsRememberedForAWeek) {
  World world;
  const auto room = world.start_room().id;
  ASSERT_TRUE(send(world, room, "first"));
  world.tx.advance(6 * kDayMs);
  ASSERT_TRUE(send(world, room, "second"));
  walk_to_the_end(world);
  EXPECT_TRUE(send(world, room, "first")->repeated);
  world.tx.advance(2 * kDayMs);
  walk_to_the_end(world);
  EXPECT_FALSE(send(world, room, "first")->repeated);
  EXPECT_TRUE(send(world, room, "second")->repeated);
}

TEST(Pruning, ADepartureIsRememberedForAMonth) {
  World world;
  auto& departures = world.tx.room_departures();
  const auto left = world.tx.now();
  departures.insert(world.acme.id, {7, {1}, 1, left});
  for (const auto days : {29, 2}) {
    world.tx.advance(days * kDayMs);
    walk_to_the_end(world);
    EXPECT_EQ(departures.since(world.acme.id, {7}, {}, 9).empty(), days == 2);
  }
}

}  // namespace
}  // namespace parlor::chat
