#include "chat/agents.h"

#include <gtest/gtest.h>

#include "base/digest.h"
#include "chat/authenticate.h"
#include "chat/availability.h"
#include "chat/rooms.h"
#include "support/world.h"

namespace parlor::chat {
namespace {

using testing::World;
using Why = ConnectionsRevoked::Why;

CreateAgent agent(const std::string& name, const std::string& email) {
  CreateAgent input;
  input.name = name;
  input.email = email;
  return input;
}

UpdateAgent change_of(const Actor& actor) {
  UpdateAgent input;
  input.agent = actor.agent;
  return input;
}

Agent stored(World& world, const Actor& actor) {
  return world.tx.agents().find(actor.account, actor.agent).value();
}

std::vector<ConnectionsRevoked> revoked(World& world) {
  std::vector<ConnectionsRevoked> all;
  for (const Event& event : world.tx.take_events()) {
    if (const auto* what = std::get_if<ConnectionsRevoked>(&event.body)) all.push_back(*what);
  }
  return all;
}

TokenClaims claims_of(const Agent& agent, Timestamp issued_at) {
  TokenClaims claims;
  claims.account = agent.account;
  claims.subject = to_hex(agent.id);
  claims.internal = true;
  claims.issued_at = issued_at;
  return claims;
}

TEST(Agents, HaveEmailsThatAreUniqueOnTheServerInAnyCase) {
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

TEST(Agents, HaveExternalIdsThatAreUniqueInTheAccount) {
  World world;
  auto input = agent("One", "one@example.com");
  input.external_id = "7";
  EXPECT_TRUE(create_agent(world.tx, world.ada, input));
  input.email = "two@example.com";
  EXPECT_EQ(create_agent(world.tx, world.ada, input).error().code, ErrorCode::conflict);
  EXPECT_TRUE(create_agent(world.tx, world.eve, input)) << "another account's";
}

TEST(Agents, HaveBoundedFields) {
  World world;
  const auto refused = [&](auto set) {
    auto input = agent("One", "one@example.com");
    set(input);
    return create_agent(world.tx, world.ada, input).error().code == ErrorCode::invalid;
  };
  EXPECT_TRUE(refused([](CreateAgent& a) { a.capacity = -1; }));
  EXPECT_TRUE(refused([](CreateAgent& a) { a.capacity = 10'001; }));
  EXPECT_TRUE(refused([](CreateAgent& a) { a.name = std::string(101, 'x'); }));
  EXPECT_TRUE(refused([](CreateAgent& a) { a.avatar = "http://example.com/a.png"; }));
  EXPECT_TRUE(refused([](CreateAgent& a) { a.avatar = "javascript:alert(1)"; }));
  EXPECT_TRUE(refused([](CreateAgent& a) { a.avatar = "https://" + std::string(2'048, 'x'); }));
  EXPECT_TRUE(refused([](CreateAgent& a) { a.external_id = "a\nb"; }));
}

TEST(Agents, AreAdministeredByAdminsOnly) {
  World world;
  const auto forbidden = ErrorCode::forbidden;
  for (const Actor& actor : {world.ann, world.vic}) {
    EXPECT_EQ(create_agent(world.tx, actor, agent("A", "a@b.c")).error().code, forbidden);
    EXPECT_EQ(invite_agent(world.tx, actor, {agent("A", "a@b.c"), ""}).error().code, forbidden);
    EXPECT_EQ(invite_again(world.tx, actor, world.bob.agent).error().code, forbidden);
    EXPECT_EQ(update_agent(world.tx, actor, change_of(world.ann)).error().code, forbidden);
    EXPECT_EQ(revoke_agent_tokens(world.tx, actor, world.bob.conversation).error().code, forbidden);
    EXPECT_EQ(set_agent_password(world.tx, actor, {world.bob.conversation, "x"}).error().code,
              forbidden);
  }
  EXPECT_EQ(list_agents(world.tx, world.vic).error().code, forbidden);
  EXPECT_EQ(list_team(world.tx, world.vic).error().code, forbidden);
  EXPECT_EQ(list_agents(world.tx, world.ann)->size(), 4u);
}

TEST(Agents, OfAnotherAccountAreNotFound) {
  World world;
  const auto not_found = ErrorCode::not_found;
  EXPECT_EQ(revoke_agent_tokens(world.tx, world.eve, world.ann.conversation).error().code,
            not_found);
  EXPECT_EQ(update_agent(world.tx, world.eve, change_of(world.ann)).error().code, not_found);
  EXPECT_EQ(invite_again(world.tx, world.eve, world.ann.agent).error().code, not_found);
}

TEST(Agents, LoseTheirEarlierTokensWithANewPassword) {
  World world;
  const auto before = stored(world, world.ann).tokens_not_before;
  set_agent_password(world.tx, world.ada, {world.ann.conversation, "$argon2id$"}).value();
  const Agent ann = stored(world, world.ann);
  EXPECT_EQ(ann.password_hash, "$argon2id$");
  EXPECT_GT(ann.tokens_not_before, before);
  EXPECT_EQ(revoked(world).size(), 1u);
}

TEST(Agents, SetAPasswordWithAnInvitationOnce) {
  World world;
  const auto invited =
      invite_agent(world.tx, world.ada, {agent("Gia", "gia@example.com"), ""}).value();
  EXPECT_TRUE(invited.agent.password_hash.empty());
  EXPECT_EQ(invited.expires_at - world.tx.now(), kInvitationLifeMs);
  EXPECT_EQ(find_invited(world.tx, invited.token)->id, invited.agent.id);
  EXPECT_EQ(accept_invitation(world.tx, {invited.token, "$hash"})->password_hash, "$hash");
  EXPECT_EQ(accept_invitation(world.tx, {invited.token, "$other"}).error().code,
            ErrorCode::unauthenticated);
  EXPECT_EQ(world.tx.agents().find(world.acme.id, invited.agent.id)->password_hash, "$hash");
}

TEST(Agents, WhoAreInvitedAreAwayUntilTheyCome) {
  World world;
  const auto invited =
      invite_agent(world.tx, world.ada, {agent("Gia", "gia@example.com"), ""}).value();
  const auto availability = [&] {
    return world.tx.agents().find(world.acme.id, invited.agent.id)->availability;
  };
  EXPECT_EQ(availability(), Availability::away);
  note_presence(world.tx, {{world.acme.id, invited.agent.conversation, true}}).value();
  EXPECT_EQ(availability(), Availability::active);
}

TEST(Agents, CannotUseAnInvitationThatExpired) {
  World world;
  const auto invited =
      invite_agent(world.tx, world.ada, {agent("Gia", "gia@example.com"), ""}).value();
  world.tx.advance(kInvitationLifeMs - 1);
  EXPECT_TRUE(find_invited(world.tx, invited.token));
  world.tx.advance(1);
  EXPECT_EQ(find_invited(world.tx, invited.token).error().code, ErrorCode::unauthenticated);
  for (const std::string& nonsense : {std::string(), std::string("pin_x"), std::string(999, 'x')}) {
    EXPECT_EQ(find_invited(world.tx, nonsense).error().code, ErrorCode::unauthenticated);
  }
}

TEST(Agents, HaveOneInvitationAtATime) {
  World world;
  const auto first = invite_again(world.tx, world.ada, world.ann.agent).value();
  EXPECT_EQ(list_team(world.tx, world.ada)->at(1).invited_until, first.expires_at);
  const auto second = invite_again(world.tx, world.ada, world.ann.agent).value();
  EXPECT_FALSE(find_invited(world.tx, first.token));
  EXPECT_TRUE(find_invited(world.tx, second.token));
  accept_invitation(world.tx, {second.token, "$hash"}).value();
  EXPECT_FALSE(list_team(world.tx, world.ada)->at(1).invited_until);
}

TEST(Agents, AreInvitedOnceByTheSameRequest) {
  World world;
  const InviteAgent input{agent("Gia", "gia@example.com"), "key-1"};
  const auto first = invite_agent(world.tx, world.ada, input).value();
  const auto again = invite_agent(world.tx, world.ada, input).value();
  EXPECT_EQ(again.agent.id, first.agent.id);
  EXPECT_EQ(again.token, first.token);
  EXPECT_TRUE(find_invited(world.tx, again.token));
  auto other = input;
  other.agent.name = "Gea";
  EXPECT_EQ(invite_agent(world.tx, world.ada, other).error().code, ErrorCode::conflict);
}

TEST(Agents, KeepWhatAChangeDoesNotName) {
  World world;
  auto input = change_of(world.ann);
  input.name = "Anna";
  input.capacity = 3;
  input.avatar = "https://example.com/anna.png";
  const auto anna = update_agent(world.tx, world.ada, input).value();
  EXPECT_EQ(anna.name, "Anna");
  EXPECT_EQ(anna.capacity, 3);
  EXPECT_EQ(anna.avatar, "https://example.com/anna.png");
  EXPECT_EQ(anna.email, "ann@example.com");
  EXPECT_TRUE(anna.has_seat);
  EXPECT_EQ(stored(world, world.ann).name, "Anna");
  EXPECT_TRUE(revoked(world).empty()) << "nothing that she may see has changed";
}

TEST(Agents, CannotTakeAnothersEmail) {
  World world;
  auto input = change_of(world.ann);
  input.email = "EVE@example.com";
  EXPECT_EQ(update_agent(world.tx, world.ada, input).error().code, ErrorCode::conflict);
  input.email = "Ann@Example.com";
  EXPECT_TRUE(update_agent(world.tx, world.ada, input)) << "her own";
  input.email = "no address";
  EXPECT_EQ(update_agent(world.tx, world.ada, input).error().code, ErrorCode::invalid);
}

TEST(Agents, SeeWhatTheirNewRoleSeesAtOnce) {
  World world;
  auto input = change_of(world.ann);
  input.role = AgentRole::admin;
  update_agent(world.tx, world.ada, input).value();
  const auto ended = revoked(world);
  ASSERT_EQ(ended.size(), 1u);
  EXPECT_EQ(ended[0].why, Why::membership_changed);
  EXPECT_EQ(ended[0].person, world.ann.conversation);
}

TEST(Agents, LeaveTheAccountNeverWithoutAnAdmin) {
  World world;
  auto demoted = change_of(world.ada);
  demoted.role = AgentRole::agent;
  EXPECT_EQ(update_agent(world.tx, world.ada, demoted).error().code, ErrorCode::conflict);
  auto gone = change_of(world.ada);
  gone.deactivated = true;
  EXPECT_EQ(update_agent(world.tx, world.ada, gone).error().code, ErrorCode::conflict);

  auto promoted = change_of(world.ann);
  promoted.role = AgentRole::admin;
  update_agent(world.tx, world.ada, promoted).value();
  EXPECT_TRUE(update_agent(world.tx, world.ada, gone));
  auto last = change_of(world.ann);
  last.role = AgentRole::agent;
  const Actor ann = actor_of(stored(world, world.ann));
  EXPECT_EQ(update_agent(world.tx, ann, last).error().code, ErrorCode::conflict)
      << "a deactivated admin is none";
}

TEST(Agents, WhoAreDeactivatedCannotComeInAnyWay) {
  World world;
  const auto invited = invite_again(world.tx, world.ada, world.ann.agent).value();
  auto input = change_of(world.ann);
  input.deactivated = true;
  const Agent ann = update_agent(world.tx, world.ada, input).value();
  EXPECT_EQ(revoked(world).at(0).why, Why::agent_revoked);
  const auto later = claims_of(ann, ann.tokens_not_before);
  EXPECT_EQ(authenticate_agent(world.tx, later).error().code, ErrorCode::unauthenticated);
  EXPECT_FALSE(find_invited(world.tx, invited.token));
  EXPECT_EQ(invite_again(world.tx, world.ada, world.ann.agent).error().code, ErrorCode::conflict);
  ReassignRoom reassign;
  reassign.room = world.start_room().id;
  reassign.agents = {world.ann.conversation};
  EXPECT_EQ(reassign_room(world.tx, world.ada, reassign).error().code, ErrorCode::invalid);

  input.deactivated = false;
  update_agent(world.tx, world.ada, input).value();
  EXPECT_TRUE(authenticate_agent(world.tx, later));
  const auto earlier = claims_of(ann, ann.tokens_not_before + -1);
  EXPECT_FALSE(authenticate_agent(world.tx, earlier)) << "tokens of before stay revoked";
}

}  // namespace
}  // namespace parlor::chat
