#include "chat/support_tokens.h"

#include <gtest/gtest.h>

#include "base/digest.h"
#include "chat/authenticate.h"
#include "chat/sessions.h"
#include "support/world.h"

namespace parlor::chat {
namespace {

using testing::World;

TEST(SupportTokens, KeepTheirDomainsAndShowTheirSecretOnce) {
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

TEST(SupportTokens, AreMadeAndRevokedByAdminsOnly) {
  World world;
  const auto token = create_support_token(world.tx, world.ada, {}).value().token;
  for (const Actor& actor : {world.ann, world.vic}) {
    EXPECT_EQ(create_support_token(world.tx, actor, {}).error().code, ErrorCode::forbidden);
    EXPECT_EQ(revoke_support_token(world.tx, actor, token.id).error().code, ErrorCode::forbidden);
  }
  EXPECT_EQ(list_sites(world.tx, world.vic).error().code, ErrorCode::forbidden);
  EXPECT_EQ(list_sites(world.tx, world.ann)->size(), 1u);
  EXPECT_EQ(revoke_support_token(world.tx, world.eve, token.id).error().code, ErrorCode::not_found);
  EXPECT_TRUE(list_sites(world.tx, world.eve)->empty());
}

TEST(SupportTokens, EndTheirSitesConnectionsAndLeaveTheListWhenRevoked) {
  World world;
  const auto created = create_support_token(world.tx, world.ada, {}).value();
  revoke_support_token(world.tx, world.ada, created.token.id).value();
  revoke_support_token(world.tx, world.ada, created.token.id).value();
  const auto events = world.tx.take_events();
  ASSERT_EQ(events.size(), 1u);
  const auto& revoked = std::get<ConnectionsRevoked>(events[0].body);
  EXPECT_EQ(revoked.why, ConnectionsRevoked::Why::token_revoked);
  EXPECT_EQ(revoked.token, created.token.id);
  EXPECT_TRUE(list_sites(world.tx, world.ada)->empty());
  EXPECT_FALSE(authenticate_site(world.tx, created.secret, ""));
}

TEST(SupportTokens, AreMadeOnceByTheSameRequest) {
  World world;
  CreateSupportToken input;
  input.name = "Shop";
  input.client_id = "key-1";
  const auto first = create_support_token(world.tx, world.ada, input).value();
  const auto again = create_support_token(world.tx, world.ada, input).value();
  EXPECT_EQ(again.token.id, first.token.id);
  EXPECT_EQ(again.secret, first.secret);
  EXPECT_TRUE(authenticate_site(world.tx, again.secret, ""));
  input.client_id = "key-2";
  EXPECT_NE(create_support_token(world.tx, world.ada, input)->secret, first.secret);
}

TEST(SupportTokens, WarnFourteenDaysBeforeTheyEnd) {
  World world;
  CreateSupportToken input;
  input.expires_at = world.tx.now() + kTokenWarningMs + 1;
  create_support_token(world.tx, world.ada, input).value();
  const auto site = [&] { return list_sites(world.tx, world.ada)->at(0); };
  EXPECT_FALSE(site().ends_soon);
  world.tx.advance(1);
  EXPECT_TRUE(site().ends_soon);
  world.tx.advance(kTokenWarningMs);
  EXPECT_TRUE(site().is_expired);
  EXPECT_FALSE(site().ends_soon);
}

TEST(SupportTokens, RememberToTheMinuteWhenTheirSiteUsedThem) {
  World world;
  const auto created = create_support_token(world.tx, world.ada, {}).value();
  const auto last_seen = [&] { return list_sites(world.tx, world.ada)->at(0).token.last_seen; };
  EXPECT_EQ(last_seen(), Timestamp{});
  const auto visit = [&] {
    const auto site = authenticate_site(world.tx, created.secret, "").value();
    OpenSession input;
    input.device_id = "device";
    open_session(world.tx, site, input).value();
  };
  visit();
  const auto first = world.tx.now();
  EXPECT_EQ(last_seen(), first);
  world.tx.advance(kSiteSeenMs - 1);
  visit();
  EXPECT_EQ(last_seen(), first);
  world.tx.advance(1);
  visit();
  EXPECT_EQ(last_seen(), world.tx.now());
}

}  // namespace
}  // namespace parlor::chat
