#include "chat/authenticate.h"

#include <gtest/gtest.h>

#include "chat/sessions.h"
#include "chat/support_tokens.h"
#include "support/world.h"

namespace parlor::chat {
namespace {

using testing::World;

TokenClaims claims_of(const World& world, const std::string& subject) {
  TokenClaims claims;
  claims.account = world.acme.id;
  claims.subject = subject;
  claims.issued_at = Timestamp{1'759'919'400'000};
  return claims;
}

struct AgentTokens : ::testing::Test {
  AgentTokens() {
    CreateAgent input;
    input.name = "Gia";
    input.email = "Gia@Example.com";
    input.external_id = "42";
    gia = create_agent(world.tx, world.ada, input).value();
    world.tx.forbid_writing();
  }
  ErrorCode refusal(const TokenClaims& claims) {
    return authenticate_agent(world.tx, claims).error().code;
  }

  World world;
  Agent gia;
};

TEST_F(AgentTokens, FindTheAgentByExternalIdOrEmail) {
  EXPECT_EQ(authenticate_agent(world.tx, claims_of(world, "42"))->agent, gia.id);
  auto by_email = claims_of(world, "unknown");
  by_email.email = " GIA@example.com";
  EXPECT_EQ(authenticate_agent(world.tx, by_email)->conversation, gia.conversation);
  EXPECT_EQ(refusal(claims_of(world, "43")), ErrorCode::unauthenticated);
  EXPECT_EQ(refusal(claims_of(world, "")), ErrorCode::unauthenticated);
}

TEST_F(AgentTokens, HexIdsAreForTheAccountsOwnTokens) {
  auto claims = claims_of(world, to_hex(gia.id));
  EXPECT_EQ(refusal(claims), ErrorCode::unauthenticated);
  claims.internal = true;
  EXPECT_EQ(authenticate_agent(world.tx, claims)->agent, gia.id);
}

TEST_F(AgentTokens, NeverReachAnotherAccount) {
  auto claims = claims_of(world, to_hex(gia.id));
  claims.account = world.other.id;
  claims.internal = true;
  claims.email = "gia@example.com";
  EXPECT_EQ(refusal(claims), ErrorCode::unauthenticated);
}

TEST_F(AgentTokens, TheStoredRoleDecides) {
  auto claims = claims_of(world, "42");
  claims.role = "admin";
  EXPECT_EQ(authenticate_agent(world.tx, claims)->kind, ActorKind::agent);
  for (const char* role : {"student", "buyer", "vendor", "root"}) {
    claims.role = role;
    EXPECT_EQ(refusal(claims), ErrorCode::forbidden) << role;
  }
}

TEST_F(AgentTokens, EndWhenTheyAreRevoked) {
  world.tx.forbid_writing(false);
  world.tx.advance(300);
  revoke_agent_tokens(world.tx, world.ada, gia.conversation).value();
  EXPECT_EQ(refusal(claims_of(world, "42")), ErrorCode::unauthenticated);
  auto without_time = claims_of(world, "42");
  without_time.issued_at = {};
  EXPECT_EQ(refusal(without_time), ErrorCode::unauthenticated);

  const Agent now = world.tx.agents().find(world.acme.id, gia.id).value();
  auto renewed = claims_of(world, "42");
  renewed.issued_at = earliest_issue_time(now, world.tx.now());
  EXPECT_EQ(renewed.issued_at.ms % 1000, 0) << "tokens carry whole seconds";
  EXPECT_TRUE(authenticate_agent(world.tx, renewed));
}

struct Visitors : ::testing::Test {
  Visitors() {
    CreateSupportToken input;
    input.name = "shop";
    input.domains = {"shop.example"};
    site = create_support_token(world.tx, world.ada, input).value();
    session = open_session(world.tx, site.token, open("device-1")).value();
  }
  static OpenSession open(const std::string& device) {
    OpenSession input;
    input.device_id = device;
    return input;
  }
  VisitorCredentials credentials() {
    return {site.secret, session.session_id, "device-1", "https://shop.example"};
  }
  Error refusal(const VisitorCredentials& given) {
    return authenticate_visitor(world.tx, given).error();
  }
  void touch() {
    const auto actor = authenticate_visitor(world.tx, credentials()).value();
    touch_session(world.tx, actor, credentials());
  }

  World world;
  SupportTokenCreated site;
  SessionOpened session;
};

TEST_F(Visitors, AreWhomTheirSessionSays) {
  world.tx.forbid_writing();
  const auto actor = authenticate_visitor(world.tx, credentials()).value();
  EXPECT_EQ(actor.kind, ActorKind::contact);
  EXPECT_EQ(actor.contact, session.contact.id);
  EXPECT_EQ(actor.conversation, session.contact.conversation);
  EXPECT_FALSE(actor.verified);
  auto bare = credentials();
  bare.device_id = "";
  bare.origin = "";
  EXPECT_TRUE(authenticate_visitor(world.tx, bare)) << "missing device and Origin pass";
}

TEST_F(Visitors, AreRefusedWithAnythingWrong) {
  const auto other_site = create_support_token(world.tx, world.ada, {}).value();
  const auto foreign_site = create_support_token(world.tx, world.eve, {}).value();
  auto with = [&](auto change) {
    auto given = credentials();
    change(given);
    return refusal(given).code;
  };
  const auto no = ErrorCode::unauthenticated;
  EXPECT_EQ(with([](auto& c) { c.support_token = ""; }), no);
  EXPECT_EQ(with([](auto& c) { c.support_token += "x"; }), no);
  EXPECT_EQ(with([](auto& c) { c.support_token = std::string(100'000, 'x'); }), no);
  EXPECT_EQ(with([&](auto& c) { c.support_token = other_site.secret; }), no);
  EXPECT_EQ(with([&](auto& c) { c.support_token = foreign_site.secret; }), no);
  EXPECT_EQ(with([](auto& c) { c.session_id = ""; }), no);
  EXPECT_EQ(with([](auto& c) { c.session_id += "x"; }), no);
  EXPECT_EQ(with([](auto& c) { c.session_id = std::string(100'000, 'x'); }), no);
  EXPECT_EQ(with([](auto& c) { c.device_id = "device-2"; }), no);
  EXPECT_EQ(with([](auto& c) { c.origin = "https://evil.example"; }), no);
  EXPECT_EQ(with([](auto& c) { c.origin = "null"; }), no);
}

TEST_F(Visitors, AWrongOriginIsToldTheHostAndTheAllowedOnes) {
  auto given = credentials();
  given.origin = "https://evil.example";
  EXPECT_NE(refusal(given).message.find("evil.example"), std::string::npos);
  EXPECT_NE(refusal(given).message.find("shop.example"), std::string::npos);
}

TEST_F(Visitors, ARevokedOrExpiredSiteIsClosed) {
  CreateSupportToken input;
  input.expires_at = world.tx.now() + 1000;
  const auto brief = create_support_token(world.tx, world.ada, input).value();
  EXPECT_TRUE(authenticate_site(world.tx, brief.secret, ""));
  world.tx.advance(1000);
  EXPECT_FALSE(authenticate_site(world.tx, brief.secret, ""));
  EXPECT_TRUE(authenticate_visitor(world.tx, credentials()));
  world.tx.take_events();
  revoke_support_token(world.tx, world.ada, site.token.id).value();
  EXPECT_EQ(refusal(credentials()).code, ErrorCode::unauthenticated);
  const auto revoked = std::get<ConnectionsRevoked>(world.tx.take_events().at(0).body);
  EXPECT_EQ(revoked.why, ConnectionsRevoked::Why::token_revoked);
  EXPECT_EQ(revoked.token, site.token.id);
}

TEST_F(Visitors, TheSameDeviceIsTheSameContactUntilItLogsOut) {
  const auto again = open_session(world.tx, site.token, open("device-1")).value();
  EXPECT_EQ(again.contact.id, session.contact.id);
  EXPECT_NE(again.session_id, session.session_id);
  EXPECT_NE(open_session(world.tx, site.token, open("device-2"))->contact.id, session.contact.id);

  auto credentials_again = credentials();
  credentials_again.session_id = again.session_id;
  world.tx.take_events();
  ASSERT_TRUE(end_session(world.tx, credentials_again));
  const auto revoked = std::get<ConnectionsRevoked>(world.tx.take_events().at(0).body);
  EXPECT_EQ(revoked.why, ConnectionsRevoked::Why::session_ended);
  EXPECT_EQ(revoked.person, session.contact.conversation);
  EXPECT_EQ(refusal(credentials_again).code, ErrorCode::unauthenticated);
  EXPECT_FALSE(end_session(world.tx, credentials_again));
  EXPECT_NE(open_session(world.tx, site.token, open("device-1"))->contact.id, session.contact.id);
}

TEST_F(Visitors, SessionsLastThirtyDaysFromTheirLastActivity) {
  world.tx.advance(kSessionLifeMs - 1);
  EXPECT_TRUE(authenticate_visitor(world.tx, credentials()));
  const auto written = world.tx.rows_written();
  touch();
  world.tx.advance(kSessionTouchMs - 1);
  touch();
  EXPECT_EQ(world.tx.rows_written(), written + 2)
      << "the session and its site, once a minute at most";
  world.tx.advance(kSessionLifeMs - kSessionTouchMs);
  EXPECT_TRUE(authenticate_visitor(world.tx, credentials()));
  world.tx.advance(1);
  EXPECT_EQ(refusal(credentials()).code, ErrorCode::unauthenticated);
}

TEST_F(Visitors, AnEndedSessionIsNotTouched) {
  world.tx.advance(kSessionTouchMs);
  const auto actor = authenticate_visitor(world.tx, credentials()).value();
  EXPECT_EQ(world.tx.now() - actor.session_touched_at, kSessionTouchMs);
  ASSERT_TRUE(end_session(world.tx, credentials()));
  const auto written = world.tx.rows_written();
  touch_session(world.tx, actor, credentials());
  EXPECT_EQ(world.tx.rows_written(), written);
}

TEST_F(Visitors, OnlyHashesOfSecretsAreKept) {
  EXPECT_EQ(world.tx.count("SELECT COUNT(*) FROM visitor_session WHERE length(secret_hash) = 32"),
            world.tx.count("SELECT COUNT(*) FROM visitor_session"));
  EXPECT_EQ(world.tx.count("SELECT COUNT(*) FROM visitor_session"), 1);
  EXPECT_TRUE(site.secret.starts_with("pst_"));
  EXPECT_EQ(site.token.token_hash.size(), 32u);
}

}  // namespace
}  // namespace parlor::chat
