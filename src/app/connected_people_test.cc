#include "app/connected_people.h"

#include <gtest/gtest.h>

#include "delivery/audiences.h"

namespace parlor::app {
namespace {

constexpr AccountId kAccount{1};
constexpr InboxId kInbox{5};

chat::Actor person(chat::ActorKind kind, std::int64_t conversation) {
  chat::Actor actor;
  actor.kind = kind;
  actor.account = kAccount;
  actor.conversation = ConversationId{conversation};
  return actor;
}

chat::Audience members() {
  chat::Audience audience;
  audience.account = kAccount;
  audience.members_of = kInbox;
  return audience;
}

TEST(ConnectedPeople, AContactReceivesUntilTheLastSocketLeaves) {
  ConnectedPeople people;
  const auto contact = person(chat::ActorKind::contact, 7);
  chat::Audience audience;
  audience.account = kAccount;
  audience.contact = contact.conversation;
  EXPECT_FALSE(people.receiver_of(audience));
  people.entered(contact, {});
  people.entered(contact, {});
  people.left(kAccount, contact.conversation);
  EXPECT_TRUE(people.receiver_of(audience));
  people.left(kAccount, contact.conversation);
  EXPECT_FALSE(people.receiver_of(audience));
}

TEST(ConnectedPeople, OnlyAnAgentOfTheAudienceReceives) {
  ConnectedPeople people;
  people.entered(person(chat::ActorKind::agent, 8), {delivery::room_of_members(InboxId{6})});
  EXPECT_FALSE(people.receiver_of(members()));
  people.entered(person(chat::ActorKind::agent, 9), {delivery::room_of_members(kInbox)});
  ASSERT_TRUE(people.receiver_of(members()));
  EXPECT_EQ(people.receiver_of(members())->conversation, ConversationId{9});
}

TEST(ConnectedPeople, TheAuthorWhoIsExceptedDoesNotReceive) {
  ConnectedPeople people;
  people.entered(person(chat::ActorKind::agent, 9),
                 {delivery::room_of_person(ConversationId{9}), delivery::room_of_members(kInbox)});
  auto audience = members();
  audience.except = {ConversationId{9}};
  EXPECT_FALSE(people.receiver_of(audience));
}

}  // namespace
}  // namespace parlor::app
