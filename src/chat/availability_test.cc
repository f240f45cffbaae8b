#include "chat/availability.h"

#include <gtest/gtest.h>

#include "support/world.h"

namespace parlor::chat {
namespace {

using testing::World;

TEST(Availability, IsTheCallersOwnAndKeepsItsPin) {
  World world;
  auto now = set_availability(world.tx, world.ann, {Availability::away, true}).value();
  EXPECT_EQ(now.agent.availability, Availability::away);
  EXPECT_TRUE(now.presence.pinned);
  EXPECT_EQ(now.presence.since, world.tx.now());
  now = set_availability(world.tx, world.ann, {Availability::active, {}}).value();
  EXPECT_TRUE(now.presence.pinned) << "not asked to change";
  EXPECT_EQ(now.agent.availability, Availability::active);
  EXPECT_EQ(set_availability(world.tx, world.vic, {}).error().code, ErrorCode::forbidden);
  const Actor shell = server_operator(world.acme.id);
  EXPECT_EQ(set_availability(world.tx, shell, {}).error().code, ErrorCode::not_found);
  EXPECT_EQ(
      world.tx.agents().find_by_conversation(world.acme.id, world.bob.conversation)->availability,
      Availability::active);
}

TEST(Availability, FollowsTheConnectionUnlessPinned) {
  World world;
  const auto availability = [&](const Actor& who) {
    return world.tx.agents().find_by_conversation(world.acme.id, who.conversation)->availability;
  };
  set_availability(world.tx, world.bob, {Availability::active, true}).value();
  const auto note = [&](bool is_here) {
    std::vector<PresenceTransition> all;
    for (const Actor* who : {&world.ann, &world.bob}) {
      all.push_back({world.acme.id, who->conversation, is_here});
    }
    all.push_back({world.acme.id, world.vic.conversation, is_here});  // no agent
    note_presence(world.tx, all).value();
  };
  note(false);
  EXPECT_EQ(availability(world.ann), Availability::away);
  EXPECT_EQ(availability(world.bob), Availability::active);
  const auto before = world.tx.rows_written();
  note(false);
  EXPECT_EQ(world.tx.rows_written(), before) << "only transitions are written";
  note(true);
  EXPECT_EQ(availability(world.ann), Availability::active);
  set_availability(world.tx, world.ann, {Availability::away, {}}).value();
  note(false);
  note(true);
  EXPECT_EQ(availability(world.ann), Availability::away) << "it was their choice";
}

TEST(Availability, WhoSaysToBeActiveCountsAsThere) {
  World world;
  note_presence(world.tx, {{world.acme.id, world.ann.conversation, false}}).value();
  world.tx.take_events();
  const auto now = set_availability(world.tx, world.ann, {Availability::active, {}}).value();
  EXPECT_EQ(now.agent.availability, Availability::active);
  ASSERT_FALSE(world.tx.events.empty());
  EXPECT_TRUE(std::holds_alternative<AgentExpected>(world.tx.events.front().body));
}

TEST(Availability, ThoseWhoMustBeWatchedAreListedInPages) {
  World world;
  set_availability(world.tx, world.bob, {Availability::active, true}).value();
  set_availability(world.tx, world.carl, {Availability::away, {}}).value();
  std::vector<ConversationId> watched;
  PresentAgent last;
  while (true) {
    const auto page = world.tx.routing().present_agents(last, 1);
    if (page.empty()) break;
    last = page.back();
    watched.push_back(last.agent);
  }
  EXPECT_EQ(watched,
            (std::vector{world.ada.conversation, world.ann.conversation, world.eve.conversation}));
}

}  // namespace
}  // namespace parlor::chat
