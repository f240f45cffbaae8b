#include "chat/inboxes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/world.h"

namespace parlor::chat {
namespace {

using ::testing::UnorderedElementsAre;
using testing::World;

std::vector<ConversationId> reconnected(World& world) {
  std::vector<ConversationId> agents;
  for (const Event& event : world.tx.take_events()) {
    const auto* revoked = std::get_if<ConnectionsRevoked>(&event.body);
    if (!revoked) continue;
    EXPECT_EQ(revoked->why, ConnectionsRevoked::Why::membership_changed);
    agents.push_back(revoked->person);
  }
  return agents;
}

UpdateInbox change_of(const Inbox& inbox) {
  UpdateInbox input;
  input.inbox = inbox.id;
  return input;
}

TEST(Inboxes, AreAdministeredByAdminsOnly) {
  World world;
  const auto forbidden = ErrorCode::forbidden;
  for (const Actor& actor : {world.ann, world.vic}) {
    EXPECT_EQ(create_inbox(world.tx, actor, {}).error().code, forbidden);
    EXPECT_EQ(update_inbox(world.tx, actor, change_of(world.inbox)).error().code, forbidden);
    EXPECT_EQ(
        add_inbox_member(world.tx, actor, {world.inbox.id, world.carl.conversation}).error().code,
        forbidden);
    EXPECT_EQ(
        remove_inbox_member(world.tx, actor, {world.inbox.id, world.bob.conversation}).error().code,
        forbidden);
  }
  EXPECT_EQ(list_inboxes(world.tx, world.vic).error().code, forbidden);
  EXPECT_EQ(get_inbox(world.tx, world.vic, world.inbox.id).error().code, forbidden);
  EXPECT_EQ(list_inboxes(world.tx, world.ann)->size(), 1u);
  EXPECT_EQ(get_inbox(world.tx, world.carl, world.inbox.id)->members.size(), 2u);
}

TEST(Inboxes, OfAnotherAccountAreNotFound) {
  World world;
  const auto not_found = ErrorCode::not_found;
  EXPECT_EQ(get_inbox(world.tx, world.ada, world.other_inbox.id).error().code, not_found);
  EXPECT_EQ(update_inbox(world.tx, world.ada, change_of(world.other_inbox)).error().code,
            not_found);
  EXPECT_EQ(add_inbox_member(world.tx, world.ada, {world.other_inbox.id, world.ann.conversation})
                .error()
                .code,
            not_found);
  EXPECT_EQ(
      add_inbox_member(world.tx, world.ada, {world.inbox.id, world.eve.conversation}).error().code,
      not_found);
  auto input = change_of(world.inbox);
  input.members = {world.eve.conversation};
  EXPECT_EQ(update_inbox(world.tx, world.ada, input).error().code, not_found);
}

TEST(Inboxes, MoveTheSocketsOfWhoJoinsAndLeaves) {
  World world;
  const InboxMember carl{world.inbox.id, world.carl.conversation};
  ASSERT_TRUE(add_inbox_member(world.tx, world.ada, carl));
  ASSERT_TRUE(add_inbox_member(world.tx, world.ada, carl));
  EXPECT_THAT(reconnected(world), UnorderedElementsAre(world.carl.conversation))
      << "the second time nothing changed";
  ASSERT_TRUE(remove_inbox_member(world.tx, world.ada, carl));
  ASSERT_TRUE(remove_inbox_member(world.tx, world.ada, carl));
  EXPECT_THAT(reconnected(world), UnorderedElementsAre(world.carl.conversation));
}

TEST(Inboxes, AreGivenOtherMembersAtOnce) {
  World world;
  auto input = change_of(world.inbox);
  input.members = {world.bob.conversation, world.carl.conversation, world.carl.conversation};
  update_inbox(world.tx, world.ada, input).value();
  EXPECT_THAT(world.tx.inboxes().members(world.acme.id, world.inbox.id),
              UnorderedElementsAre(world.bob.conversation, world.carl.conversation));
  EXPECT_THAT(reconnected(world),
              UnorderedElementsAre(world.ann.conversation, world.carl.conversation));
  input.members = std::vector<ConversationId>();
  update_inbox(world.tx, world.ada, input).value();
  EXPECT_TRUE(world.tx.inboxes().members(world.acme.id, world.inbox.id).empty());
}

TEST(Inboxes, ChangeSoManyMembersInOneCall) {
  World world;
  auto input = change_of(world.inbox);
  input.members.emplace();
  for (std::int64_t id = 1; id <= 199; ++id) input.members->push_back({id});
  EXPECT_EQ(update_inbox(world.tx, world.ada, input).error().code, ErrorCode::invalid);
}

TEST(Inboxes, KeepWhatAChangeDoesNotName) {
  World world;
  auto input = change_of(world.inbox);
  input.algorithm = RoutingAlgorithm::load_based;
  input.has_bot = true;
  input.away_message = "Back at nine";
  update_inbox(world.tx, world.ada, input).value();
  const Inbox inbox = world.tx.inboxes().find(world.acme.id, world.inbox.id).value();
  EXPECT_EQ(inbox.name, "Support");
  EXPECT_EQ(inbox.algorithm, RoutingAlgorithm::load_based);
  EXPECT_EQ(inbox.visibility, Visibility::assigned);
  EXPECT_TRUE(inbox.has_bot);
  EXPECT_EQ(inbox.away_message, "Back at nine");
  EXPECT_TRUE(reconnected(world).empty());
}

TEST(Inboxes, KeepTheirChannel) {
  World world;
  auto input = change_of(world.inbox);
  input.channel = Channel::widget;
  EXPECT_TRUE(update_inbox(world.tx, world.ada, input)) << "the one it has";
  input.channel = Channel::student;
  EXPECT_EQ(update_inbox(world.tx, world.ada, input).error().code, ErrorCode::conflict);
}

TEST(Inboxes, HaveBoundedFields) {
  World world;
  const auto refused = [&](auto set) {
    auto input = change_of(world.inbox);
    set(input);
    return update_inbox(world.tx, world.ada, input).error().code == ErrorCode::invalid;
  };
  EXPECT_TRUE(refused([](UpdateInbox& i) { i.name = " "; }));
  EXPECT_TRUE(refused([](UpdateInbox& i) { i.icon = std::string(256, 'x'); }));
  EXPECT_TRUE(refused([](UpdateInbox& i) { i.away_message = std::string(1'001, 'x'); }));
}

TEST(Inboxes, ShowTheirMembersAnotherViewWhenVisibilityChanges) {
  World world;
  auto input = change_of(world.inbox);
  input.visibility = Visibility::inbox;
  update_inbox(world.tx, world.ada, input).value();
  EXPECT_THAT(reconnected(world),
              UnorderedElementsAre(world.ann.conversation, world.bob.conversation));
}

TEST(Inboxes, HaveOpeningHoursThatMakeSense) {
  World world;
  OpeningHours hours;
  hours.timezone = "Europe/Berlin";
  hours.week[0] = DailyHours{540, 1'020};
  auto input = change_of(world.inbox);
  input.hours = hours;
  input.pre_chat_fields = {{"email", "name", "email"}};
  const auto opened = update_inbox(world.tx, world.ada, input).value();
  EXPECT_EQ(opened.hours->week[0], (DailyHours{540, 1'020}));
  EXPECT_EQ(opened.pre_chat_fields, (std::vector<std::string>{"name", "email"}));
  EXPECT_EQ(world.tx.inboxes().find(world.acme.id, world.inbox.id)->hours, opened.hours);

  auto bad = change_of(world.inbox);
  bad.pre_chat_fields = {{"password"}};
  EXPECT_EQ(update_inbox(world.tx, world.ada, bad).error().code, ErrorCode::invalid);
  bad = change_of(world.inbox);
  hours.timezone = "Mars/Olympus";
  bad.hours = hours;
  EXPECT_EQ(update_inbox(world.tx, world.ada, bad).error().code, ErrorCode::invalid);
  auto always = change_of(world.inbox);
  always.hours = std::optional<OpeningHours>();
  EXPECT_FALSE(update_inbox(world.tx, world.ada, always)->hours);
}

TEST(Inboxes, SayHowManyOpenRoomsTheirMembersHave) {
  World world;
  const auto sales = world.add_inbox("Sales", {world.ann});
  world.assign(world.start_room().id, {world.ann});
  const auto closed = world.start_room().id;
  world.assign(closed, {world.ann});
  world.set_status(closed, RoomStatus::closed);
  const auto view = get_inbox(world.tx, world.bob, sales.id).value();
  ASSERT_EQ(view.members.size(), 1u);
  EXPECT_EQ(view.members[0].agent.name, "Ann");
  EXPECT_EQ(view.members[0].current_load, 1) << "in every inbox, open ones";
}

TEST(Inboxes, AreMadeOnceByTheSameRequest) {
  World world;
  CreateInbox input;
  input.name = "Sales";
  input.members = {world.carl.conversation};
  input.client_id = "key-1";
  const auto first = open_inbox(world.tx, world.ada, input).value();
  const auto again = open_inbox(world.tx, world.ada, input).value();
  EXPECT_EQ(again.inbox.id, first.inbox.id);
  EXPECT_EQ(again.members.size(), 1u);
  EXPECT_EQ(list_inboxes(world.tx, world.ada)->size(), 2u);
  input.name = "Marketing";
  EXPECT_EQ(open_inbox(world.tx, world.ada, input).error().code, ErrorCode::conflict);
}

}  // namespace
}  // namespace parlor::chat
