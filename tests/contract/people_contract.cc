// Accounts, agents, inboxes, contacts, tokens, sessions and outcomes: what was written is found, by
// every key, and by nobody of another account.
#include "contract/fixture.h"

namespace parlor::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST_P(StoreContract, AnAccountAndItsHostKeysReadBack) {
  write([](chat::Transaction& t) {
    t.accounts().insert(sample_account());
    t.accounts().insert(sample_account(kOtherAccount));
    t.accounts().insert_host_key({kAccount, "kid-1", chat::KeyAlgorithm::rs256, "PEM one"});
    t.accounts().insert_host_key({kAccount, "kid-1", chat::KeyAlgorithm::es256, "PEM two"});
    t.accounts().insert_host_key({kOtherAccount, "", chat::KeyAlgorithm::hs256, "secret"});
    return true;
  });
  read([](chat::Transaction& t) {
    const auto account = t.accounts().find(kAccount);
    EXPECT_TRUE(account.has_value());
    EXPECT_EQ(account->name, "Account 1");
    EXPECT_EQ(account->jwt_secret, "secret");
    EXPECT_EQ(account->identity_key, "identity");
    EXPECT_EQ(account->created_at.ms, 1'000);
    EXPECT_THAT(t.accounts().list(), SizeIs(2));
    EXPECT_FALSE(t.accounts().find({77}));
    const auto keys = t.accounts().host_keys(kAccount);
    EXPECT_THAT(keys, SizeIs(2));
    EXPECT_EQ(keys[1].material, "PEM two");
    EXPECT_EQ(keys[1].algorithm, chat::KeyAlgorithm::es256);
    return true;
  });
}

TEST_P(StoreContract, AnAgentIsFoundByEachOfItsNamesButOnlyInItsAccount) {
  write([](chat::Transaction& t) {
    t.agents().insert(sample_agent(7));
    auto nameless = sample_agent(8);
    nameless.external_id = nameless.email = "";
    t.agents().insert(nameless);
    nameless.id = {9};
    nameless.conversation = {1'009};
    t.agents().insert(nameless);
    return true;
  });
  read([](chat::Transaction& t) {
    auto& agents = t.agents();
    const auto agent = agents.find(kAccount, {7});
    EXPECT_TRUE(agent.has_value());
    EXPECT_EQ(agent->name, "Agent 7");
    EXPECT_EQ(agent->capacity, 20);
    EXPECT_TRUE(agent->has_seat);
    EXPECT_EQ(agents.find_by_conversation(kAccount, {1'007})->id, AgentId{7});
    EXPECT_EQ(agents.find_by_external_id(kAccount, "ext7")->id, AgentId{7});
    EXPECT_EQ(agents.find_by_email("agent7@account1.example")->id, AgentId{7});
    EXPECT_THAT(agents.list(kAccount), SizeIs(3));

    EXPECT_FALSE(agents.find(kOtherAccount, {7}));
    EXPECT_FALSE(agents.find_by_conversation(kOtherAccount, {1'007}));
    EXPECT_FALSE(agents.find_by_external_id(kOtherAccount, "ext7"));
    EXPECT_FALSE(agents.find_by_external_id(kAccount, ""));
    EXPECT_FALSE(agents.find_by_email(""));
    EXPECT_THAT(agents.list(kOtherAccount), IsEmpty());
    return true;
  });
}

TEST_P(StoreContract, AnAgentsNewEmailReplacesTheOldOne) {
  write([](chat::Transaction& t) {
    t.agents().insert(sample_agent(7));
    auto agent = sample_agent(7);
    agent.email = "new@example.org";
    agent.role = chat::AgentRole::admin;
    agent.availability = chat::Availability::away;
    agent.tokens_not_before = {55};
    t.agents().update(agent);
    return true;
  });
  read([](chat::Transaction& t) {
    EXPECT_FALSE(t.agents().find_by_email("agent7@account1.example"));
    const auto agent = t.agents().find_by_email("new@example.org");
    EXPECT_TRUE(agent.has_value());
    EXPECT_EQ(agent->role, chat::AgentRole::admin);
    EXPECT_EQ(agent->availability, chat::Availability::away);
    EXPECT_EQ(agent->tokens_not_before.ms, 55);
    return true;
  });
}

TEST_P(StoreContract, TwoAgentsWithOneEmailAreAFaultOnTheWholeServer) {
  const auto fault = write([](chat::Transaction& t) {
    t.agents().insert(sample_agent(7));
    auto other = sample_agent(8, kOtherAccount);
    other.email = "agent7@account1.example";
    t.agents().insert(other);
    return true;
  });
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->code, ErrorCode::unavailable);
}

TEST_P(StoreContract, MembershipsAreAddedOnceAndRemoved) {
  write([](chat::Transaction& t) {
    auto inbox = sample_inbox(3);
    inbox.channel = chat::Channel::order;
    inbox.algorithm = chat::RoutingAlgorithm::manual;
    inbox.visibility = chat::Visibility::inbox;
    t.inboxes().insert(inbox);
    t.inboxes().insert(sample_inbox(4));
    t.inboxes().add_member(kAccount, {3}, {1'001});
    t.inboxes().add_member(kAccount, {3}, {1'001});
    t.inboxes().add_member(kAccount, {3}, {1'002});
    t.inboxes().add_member(kAccount, {4}, {1'001});
    t.inboxes().remove_member(kAccount, {3}, {1'002});
    return true;
  });
  read([](chat::Transaction& t) {
    auto& inboxes = t.inboxes();
    EXPECT_EQ(inboxes.find(kAccount, {3})->channel, chat::Channel::order);
    EXPECT_EQ(inboxes.find(kAccount, {3})->algorithm, chat::RoutingAlgorithm::manual);
    EXPECT_EQ(inboxes.find(kAccount, {3})->visibility, chat::Visibility::inbox);
    EXPECT_THAT(inboxes.list(kAccount), SizeIs(2));
    EXPECT_THAT(inboxes.members(kAccount, {3}), ElementsAre(ConversationId{1'001}));
    EXPECT_THAT(inboxes.of_member(kAccount, {1'001}), ElementsAre(InboxId{3}, InboxId{4}));
    EXPECT_TRUE(inboxes.is_member(kAccount, {3}, {1'001}));
    EXPECT_FALSE(inboxes.is_member(kAccount, {3}, {1'002}));
    EXPECT_FALSE(inboxes.is_member(kOtherAccount, {3}, {1'001}));
    EXPECT_FALSE(inboxes.find(kOtherAccount, {3}));
    EXPECT_THAT(inboxes.of_member(kOtherAccount, {1'001}), IsEmpty());
    return true;
  });
}

TEST_P(StoreContract, AContactIsFoundByIdentifierEmailAndPhone) {
  write([](chat::Transaction& t) {
    auto contact = sample_contact(5);
    contact.email = "Ann@Example.org";
    contact.phone = "+20100";
    contact.identifier = "user-5";
    t.contacts().insert(contact);
    t.contacts().insert(sample_contact(6));
    contact.name = "Ann Smith";
    t.contacts().update(contact);
    return true;
  });
  read([](chat::Transaction& t) {
    auto& contacts = t.contacts();
    EXPECT_EQ(contacts.find_by_identifier(kAccount, "user-5")->name, "Ann Smith");
    EXPECT_THAT(contacts.find_by_email(kAccount, "ann@example.org"), SizeIs(1));
    EXPECT_THAT(contacts.find_by_phone(kAccount, "+20100"), SizeIs(1));
    EXPECT_FALSE(contacts.find(kOtherAccount, {5}));
    EXPECT_FALSE(contacts.find_by_identifier(kAccount, ""));
    EXPECT_THAT(contacts.find_by_email(kAccount, ""), IsEmpty());
    EXPECT_THAT(contacts.find_by_email(kOtherAccount, "ann@example.org"), IsEmpty());
    return true;
  });
}

chat::VisitorSession sample_session(std::int64_t id, std::string hash, Timestamp created_at) {
  chat::VisitorSession session;
  session.id = {id};
  session.account = kAccount;
  session.support_token = {30};
  session.contact = {id};
  session.secret_hash = std::move(hash);
  session.device_id = "device";
  session.surroundings = {"ar-JO", "Asia/Amman", "/care"};
  session.created_at = session.last_activity = created_at;
  return session;
}

TEST_P(StoreContract, TokensAndSessionsAreFoundByHashesThatMayHoldAnyByte) {
  const std::string hash("\0\xff'\"%\0 hash of thirty-two bytes", 32);
  write([&](chat::Transaction& t) {
    chat::SupportToken token;
    token.id = {30};
    token.account = kAccount;
    token.name = "shop";
    token.token_hash = hash;
    token.domains = {"a.example", "b.example:8443", "odd, \"1:x"};
    token.scopes = {"chat"};
    token.expires_at = {9};
    t.support_tokens().insert(token);
    token.revoked_at = {8};
    t.support_tokens().update(token);
    t.visitor_sessions().insert(sample_session(40, hash, {1}));
    return true;
  });
  read([&](chat::Transaction& t) {
    const auto token = t.support_tokens().find_by_hash(hash);
    EXPECT_TRUE(token.has_value());
    EXPECT_THAT(token->domains, ElementsAre("a.example", "b.example:8443", "odd, \"1:x"));
    EXPECT_THAT(token->scopes, ElementsAre("chat"));
    EXPECT_EQ(token->token_hash, hash);
    EXPECT_EQ(token->revoked_at.ms, 8);
    EXPECT_FALSE(t.support_tokens().find_by_hash(hash.substr(0, 31)));
    EXPECT_FALSE(t.support_tokens().find(kOtherAccount, {30}));
    EXPECT_THAT(t.support_tokens().list(kAccount), SizeIs(1));
    const auto session = t.visitor_sessions().find_by_hash(hash);
    EXPECT_EQ(session->id, SessionId{40});
    const chat::Surroundings surroundings{"ar-JO", "Asia/Amman", "/care"};
    EXPECT_EQ(session->surroundings, surroundings);
    EXPECT_FALSE(t.visitor_sessions().find_by_hash(""));
    return true;
  });
}

TEST_P(StoreContract, ADevicesContactIsThatOfItsNewestSessionUnlessItEnded) {
  write([&](chat::Transaction& t) {
    t.contacts().insert(sample_contact(40));
    t.contacts().insert(sample_contact(41));
    t.visitor_sessions().insert(sample_session(40, "hash40", {1}));
    t.visitor_sessions().insert(sample_session(41, "hash41", {2}));
    return true;
  });
  read([&](chat::Transaction& t) {
    EXPECT_EQ(t.contacts().find_by_device(kAccount, {30}, "device")->id, ContactId{41});
    EXPECT_FALSE(t.contacts().find_by_device(kAccount, {31}, "device"));
    EXPECT_FALSE(t.contacts().find_by_device(kOtherAccount, {30}, "device"));
    EXPECT_FALSE(t.contacts().find_by_device(kAccount, {30}, ""));
    return true;
  });
  write([&](chat::Transaction& t) {
    auto session = t.visitor_sessions().find_by_hash("hash41").value();
    session.ended_at = {3};
    t.visitor_sessions().update(session);
    EXPECT_FALSE(t.contacts().find_by_device(kAccount, {30}, "device"));
    return true;
  });
}

TEST_P(StoreContract, AnOutcomeIsFoundByItsWholeKey) {
  const chat::OutcomeKey key{kAccount, {1'001}, "send", "client-1"};
  write([&](chat::Transaction& t) {
    t.outcomes().insert(key, {std::string("\0digest", 7), 99, "detail", {5}});
    return true;
  });
  reopen();
  read([&](chat::Transaction& t) {
    const auto outcome = t.outcomes().find(key);
    EXPECT_TRUE(outcome.has_value());
    EXPECT_EQ(outcome->body_digest, std::string("\0digest", 7));
    EXPECT_EQ(outcome->subject, 99);
    EXPECT_EQ(outcome->detail, "detail");
    EXPECT_FALSE(t.outcomes().find({kOtherAccount, {1'001}, "send", "client-1"}));
    EXPECT_FALSE(t.outcomes().find({kAccount, {1'002}, "send", "client-1"}));
    EXPECT_FALSE(t.outcomes().find({kAccount, {1'001}, "create", "client-1"}));
    EXPECT_FALSE(t.outcomes().find({kAccount, {1'001}, "send", "client-2"}));
    return true;
  });
}

TEST_P(StoreContract, TheSameOutcomeTwiceIsAFault) {
  const chat::OutcomeKey key{kAccount, {1'001}, "send", "client-1"};
  const UseCase insert = [&](chat::Transaction& t) {
    t.outcomes().insert(key, {});
    return true;
  };
  EXPECT_FALSE(write(insert));
  EXPECT_TRUE(write(insert));
}

}  // namespace
}  // namespace parlor::store
