#include "chat/accounts.h"

#include <gtest/gtest.h>

#include "base/digest.h"
#include "support/world.h"

namespace parlor::chat {
namespace {

using testing::World;

CreateAgent agent(const std::string& name, const std::string& email) {
  CreateAgent input;
  input.name = name;
  input.email = email;
  return input;
}

TEST(Accounts, GetFreshKeys) {
  World world;
  EXPECT_GE(world.acme.jwt_secret.size(), 32u);
  EXPECT_NE(world.acme.jwt_secret, world.other.jwt_secret);
  EXPECT_NE(world.acme.jwt_secret, world.acme.identity_key);
  EXPECT_EQ(list_accounts(world.tx).size(), 2u);
  EXPECT_EQ(create_account(world.tx, {"  "}).error().code, ErrorCode::invalid);
}

TEST(Accounts, AgentEmailsAreUniqueOnTheServerInAnyCase) {
  World world;
  EXPECT_EQ(create_agent(world.tx, world.ada, agent("Gia", "Gia@Example.com"))->email,
            "gia@example.com");
  EXPECT_EQ(create_agent(world.tx, world.eve, agent("Gia", "GIA@example.com")).error().code,
            ErrorCode::conflict);
  EXPECT_EQ(create_agent(world.tx, world.ada, agent("Gia", "gia")).error().code,
            ErrorCode::invalid);
  EXPECT_EQ(create_agent(world.tx, world.ada, agent("", "x@example.com")).error().code,
            ErrorCode::invalid);
}

TEST(Accounts, ExternalIdsAreUniqueInTheAccount) {
  World world;
  auto input = agent("One", "one@example.com");
  input.external_id = "7";
  EXPECT_TRUE(create_agent(world.tx, world.ada, input));
  input.email = "two@example.com";
  EXPECT_EQ(create_agent(world.tx, world.ada, input).error().code, ErrorCode::conflict);
  EXPECT_TRUE(create_agent(world.tx, world.eve, input)) << "another account's";
}

TEST(Accounts, AreAdministeredByTheirAdminsOnly) {
  World world;
  const auto forbidden = ErrorCode::forbidden;
  for (const Actor& actor : {world.ann, world.vic}) {
    EXPECT_EQ(create_agent(world.tx, actor, agent("A", "a@b.c")).error().code, forbidden);
    EXPECT_EQ(create_inbox(world.tx, actor, {}).error().code, forbidden);
    EXPECT_EQ(create_support_token(world.tx, actor, {}).error().code, forbidden);
    EXPECT_EQ(list_support_tokens(world.tx, actor).error().code, forbidden);
    EXPECT_EQ(revoke_agent_tokens(world.tx, actor, world.bob.conversation).error().code, forbidden);
    EXPECT_EQ(set_agent_password(world.tx, actor, {world.bob.conversation, "x"}).error().code,
              forbidden);
    EXPECT_EQ(
        add_inbox_member(world.tx, actor, {world.inbox.id, world.carl.conversation}).error().code,
        forbidden);
    EXPECT_EQ(
        remove_inbox_member(world.tx, actor, {world.inbox.id, world.bob.conversation}).error().code,
        forbidden);
  }
  EXPECT_EQ(list_agents(world.tx, world.vic).error().code, forbidden);
  EXPECT_EQ(list_inboxes(world.tx, world.vic).error().code, forbidden);
  EXPECT_EQ(list_agents(world.tx, world.ann)->size(), 4u);
  EXPECT_EQ(list_inboxes(world.tx, world.ann)->size(), 1u);
}

TEST(Accounts, WhatIsAnothersIsNotFound) {
  World world;
  const auto token = create_support_token(world.tx, world.ada, {}).value();
  const auto not_found = ErrorCode::not_found;
  EXPECT_EQ(revoke_support_token(world.tx, world.eve, token.token.id).error().code, not_found);
  EXPECT_EQ(revoke_agent_tokens(world.tx, world.eve, world.ann.conversation).error().code,
            not_found);
  EXPECT_EQ(add_inbox_member(world.tx, world.ada, {world.other_inbox.id, world.ann.conversation})
                .error()
                .code,
            not_found);
  EXPECT_EQ(
      add_inbox_member(world.tx, world.ada, {world.inbox.id, world.eve.conversation}).error().code,
      not_found);
  EXPECT_TRUE(list_support_tokens(world.tx, world.eve)->empty());
}

TEST(Accounts, ANewMembershipMovesTheAgentsSockets) {
  World world;
  const InboxMember carl{world.inbox.id, world.carl.conversation};
  ASSERT_TRUE(add_inbox_member(world.tx, world.ada, carl));
  ASSERT_TRUE(add_inbox_member(world.tx, world.ada, carl));
  EXPECT_EQ(world.tx.events.size(), 1u) << "the second time nothing changed";
  ASSERT_TRUE(remove_inbox_member(world.tx, world.ada, carl));
  ASSERT_TRUE(remove_inbox_member(world.tx, world.ada, carl));
  const auto events = world.tx.take_events();
  ASSERT_EQ(events.size(), 2u);
  for (const Event& event : events) {
    const auto& revoked = std::get<ConnectionsRevoked>(event.body);
    EXPECT_EQ(revoked.why, ConnectionsRevoked::Why::membership_changed);
    EXPECT_EQ(revoked.agent, world.carl.conversation);
    EXPECT_EQ(event.audience.account, world.acme.id);
  }
}

TEST(Accounts, ANewPasswordEndsEarlierTokens) {
  World world;
  const auto before =
      world.tx.agents().find(world.acme.id, world.ann.agent).value().tokens_not_before;
  set_agent_password(world.tx, world.ada, {world.ann.conversation, "$argon2id$"}).value();
  const Agent& ann = world.tx.agents().find(world.acme.id, world.ann.agent).value();
  EXPECT_EQ(ann.password_hash, "$argon2id$");
  EXPECT_GT(ann.tokens_not_before, before);
  EXPECT_EQ(world.tx.events.size(), 1u);
}

TEST(Accounts, SupportTokensKeepTheirDomainsAndShowTheirSecretOnce) {
  World world;
  CreateSupportToken input;
  input.domains = {"https://Shop.Example/", "localhost:3000"};
  const auto created = create_support_token(world.tx, world.ada, input).value();
  EXPECT_EQ(created.token.domains, (std::vector<std::string>{"shop.example", "localhost:3000"}));
  EXPECT_EQ(created.token.token_hash, sha256(created.secret));
  input.domains = {"not a host"};
  EXPECT_EQ(create_support_token(world.tx, world.ada, input).error().code, ErrorCode::invalid);
  input.domains.clear();
  input.expires_at = world.tx.now();
  EXPECT_EQ(create_support_token(world.tx, world.ada, input).error().code, ErrorCode::invalid);
}

}  // namespace
}  // namespace parlor::chat
