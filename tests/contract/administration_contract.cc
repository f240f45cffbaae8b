// What administration keeps: settings, invitations, canned replies, integrations, the audit log.
#include "contract/fixture.h"

namespace parlor::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST_P(StoreContract, AnAccountAndItsKeysAreChanged) {
  write([](chat::Transaction& t) {
    auto account = sample_account();
    t.accounts().insert(account);
    t.accounts().insert(sample_account(kOtherAccount));
    account.name = "Renamed";
    account.identity_key = "rotated";
    t.accounts().update(account);
    const chat::HostKey one{kAccount, "kid", chat::KeyAlgorithm::rs256, "PEM one"};
    const chat::HostKey two{kAccount, "kid", chat::KeyAlgorithm::rs256, "PEM two"};
    const chat::HostKey others{kOtherAccount, "kid", chat::KeyAlgorithm::rs256, "PEM one"};
    for (const auto& key : {one, two, others}) t.accounts().insert_host_key(key);
    t.accounts().remove_host_key(one);
    return true;
  });
  read([](chat::Transaction& t) {
    EXPECT_EQ(t.accounts().find(kAccount)->name, "Renamed");
    EXPECT_EQ(t.accounts().find(kAccount)->identity_key, "rotated");
    EXPECT_EQ(t.accounts().find(kAccount)->jwt_secret, "secret");
    EXPECT_EQ(t.accounts().find(kOtherAccount)->name, "Account 2");
    EXPECT_THAT(t.accounts().host_keys(kAccount), SizeIs(1));
    EXPECT_EQ(t.accounts().host_keys(kAccount)[0].material, "PEM two");
    EXPECT_THAT(t.accounts().host_keys(kOtherAccount), SizeIs(1));
    return true;
  });
}

TEST_P(StoreContract, AgentsInboxesAndSitesKeepWhatAdministrationAdds) {
  write([](chat::Transaction& t) {
    auto agent = sample_agent(7);
    agent.avatar = "https://example.com/7.png";
    t.agents().insert(agent);
    agent.deactivated_at = {77};
    t.agents().update(agent);
    auto inbox = sample_inbox(3);
    t.inboxes().insert(inbox);
    inbox.name = "Renamed";
    inbox.algorithm = chat::RoutingAlgorithm::load_based;
    inbox.has_bot = true;
    inbox.away_message = "later";
    t.inboxes().update(inbox);
    chat::SupportToken token;
    token.id = {5};
    token.account = kAccount;
    token.token_hash = std::string(32, 't');
    t.support_tokens().insert(token);
    token.last_seen = {99};
    t.support_tokens().update(token);
    token.id = {4};
    token.token_hash = std::string(32, 'u');
    token.revoked_at = {1};
    t.support_tokens().insert(token);
    return true;
  });
  read([](chat::Transaction& t) {
    EXPECT_EQ(t.agents().find(kAccount, {7})->avatar, "https://example.com/7.png");
    EXPECT_EQ(t.agents().find(kAccount, {7})->deactivated_at.ms, 77);
    const auto inbox = t.inboxes().find(kAccount, {3});
    EXPECT_EQ(inbox->name, "Renamed");
    EXPECT_EQ(inbox->algorithm, chat::RoutingAlgorithm::load_based);
    EXPECT_TRUE(inbox->has_bot);
    EXPECT_EQ(inbox->away_message, "later");
    const auto tokens = t.support_tokens().list(kAccount);
    EXPECT_THAT(tokens, SizeIs(2));
    EXPECT_EQ(tokens[0].id, SupportTokenId{5}) << "those in force first";
    EXPECT_EQ(tokens[0].last_seen.ms, 99);
    return true;
  });
}

TEST_P(StoreContract, AccountSettingsReadBackAndHaveDefaults) {
  write([](chat::Transaction& t) {
    chat::AccountSettings settings;
    settings.account = kAccount;
    settings.client_code = "first";
    t.account_settings().put(settings);
    settings.client_code = "code";
    settings.waiting_sends = chat::WaitingSends::accept;
    settings.attachment_bytes = 1'234;
    settings.placeholders = {{"hours", "9:00 – 17:00\n"}, {"url", ""}};
    t.account_settings().put(settings);
    return true;
  });
  read([](chat::Transaction& t) {
    const auto settings = t.account_settings().find(kAccount);
    EXPECT_EQ(settings.client_code, "code");
    EXPECT_EQ(settings.waiting_sends, chat::WaitingSends::accept);
    EXPECT_EQ(settings.attachment_bytes, 1'234);
    EXPECT_THAT(settings.placeholders, SizeIs(2));
    EXPECT_EQ(settings.placeholders[0].text, "9:00 – 17:00\n");
    EXPECT_EQ(t.account_settings().find(kOtherAccount).account, kOtherAccount);
    EXPECT_EQ(t.account_settings().find(kOtherAccount).client_code, "");
    return true;
  });
}

TEST_P(StoreContract, AnInvitationReplacesTheAgentsEarlierOne) {
  const std::string first(32, 'a');
  const std::string second(32, 'b');
  write([&](chat::Transaction& t) {
    t.invitations().put({kAccount, {7}, first, {100}});
    t.invitations().put({kAccount, {7}, second, {200}});
    t.invitations().put({kOtherAccount, {8}, std::string(32, 'c'), {300}});
    return true;
  });
  read([&](chat::Transaction& t) {
    EXPECT_FALSE(t.invitations().find_by_hash(first));
    EXPECT_EQ(t.invitations().find_by_hash(second)->agent, AgentId{7});
    EXPECT_EQ(t.invitations().find_by_hash(second)->expires_at.ms, 200);
    EXPECT_THAT(t.invitations().list(kAccount), SizeIs(1));
    return true;
  });
  write([](chat::Transaction& t) {
    t.invitations().remove(kAccount, {7});
    t.invitations().remove(kAccount, {8});
    return true;
  });
  read([&](chat::Transaction& t) {
    EXPECT_FALSE(t.invitations().find_by_hash(second));
    EXPECT_THAT(t.invitations().list(kOtherAccount), SizeIs(1)) << "not the other account's";
    return true;
  });
}

chat::CannedReply sample_canned(std::int64_t id, std::string code, InboxId inbox = {}) {
  chat::CannedReply canned;
  canned.id = {id};
  canned.account = kAccount;
  canned.inbox = inbox;
  canned.short_code = std::move(code);
  canned.text = "text " + std::to_string(id);
  canned.created_at = canned.updated_at = {1'000};
  return canned;
}

TEST_P(StoreContract, CannedRepliesAreFoundByCodeInTheirInbox) {
  write([](chat::Transaction& t) {
    t.canned_replies().insert(sample_canned(1, "hi"));
    t.canned_replies().insert(sample_canned(2, "hi", {3}));
    t.canned_replies().insert(sample_canned(3, "bye"));
    t.canned_replies().insert(sample_canned(4, "gone"));
    t.canned_replies().remove(kAccount, {4});
    t.canned_replies().remove(kOtherAccount, {3});
    auto changed = sample_canned(3, "later");
    changed.updated_at = {2'000};
    t.canned_replies().update(changed);
    return true;
  });
  read([](chat::Transaction& t) {
    auto& replies = t.canned_replies();
    EXPECT_EQ(replies.find_by_code(kAccount, {}, "hi")->id, CannedReplyId{1});
    EXPECT_EQ(replies.find_by_code(kAccount, {3}, "hi")->text, "text 2");
    EXPECT_FALSE(replies.find_by_code(kAccount, {3}, "later"));
    EXPECT_FALSE(replies.find_by_code(kOtherAccount, {}, "hi"));
    EXPECT_FALSE(replies.find(kOtherAccount, {1}));
    EXPECT_EQ(replies.find(kAccount, {3})->updated_at.ms, 2'000);
    std::vector<std::string> codes;
    for (const auto& canned : replies.list(kAccount)) codes.push_back(canned.short_code);
    EXPECT_THAT(codes, ElementsAre("hi", "hi", "later"));
    EXPECT_THAT(replies.list(kOtherAccount), IsEmpty());
    return true;
  });
  EXPECT_TRUE(write([](chat::Transaction& t) {
    t.canned_replies().insert(sample_canned(9, "hi"));
    return true;
  })) << "a code twice in one inbox is a fault";
}

TEST_P(StoreContract, AnIntegrationIsFoundByItsKeyUntilItIsRemoved) {
  const chat::Integration desk{{1}, kAccount, "Desk", std::string(32, 'k'), {1'000}};
  write([&](chat::Transaction& t) {
    t.integrations().insert(desk);
    t.integrations().insert({{2}, kAccount, "Bench", std::string(32, 'l'), {1'000}});
    return true;
  });
  read([&](chat::Transaction& t) {
    EXPECT_EQ(t.integrations().find_by_hash(desk.key_hash)->name, "Desk");
    EXPECT_EQ(t.integrations().find(kAccount, {1})->created_at.ms, 1'000);
    EXPECT_FALSE(t.integrations().find(kOtherAccount, {1}));
    EXPECT_EQ(t.integrations().list(kAccount).at(0).name, "Bench");
    return true;
  });
  write([&](chat::Transaction& t) {
    t.integrations().remove(desk);
    return true;
  });
  read([&](chat::Transaction& t) {
    EXPECT_FALSE(t.integrations().find_by_hash(desk.key_hash));
    EXPECT_THAT(t.integrations().list(kAccount), SizeIs(1));
    return true;
  });
}

TEST_P(StoreContract, TheAuditLogNumbersEachAccountsEntriesDensely) {
  const auto append = [](chat::Transaction& t, AccountId account, std::string name) {
    chat::AuditEntry entry;
    entry.account = account;
    entry.at = {1'000};
    entry.actor = {1'007};
    entry.actor_name = "Ada";
    entry.action = "inbox.updated";
    entry.subject = 3;
    entry.subject_name = std::move(name);
    entry.changes = {{"name", "a", "b:c"}, {"icon", "", "x"}};
    t.audit_log().append(entry);
  };
  write([&](chat::Transaction& t) {
    append(t, kAccount, "one");
    append(t, kOtherAccount, "other");
    append(t, kAccount, "two");
    return true;
  });
  write([&](chat::Transaction& t) {
    append(t, kAccount, "three");
    return true;
  });
  read([](chat::Transaction& t) {
    const auto all = t.audit_log().list(kAccount, INT64_MAX, 10);
    EXPECT_THAT(all, SizeIs(3));
    EXPECT_EQ(all[0].number, 3);
    EXPECT_EQ(all[0].subject_name, "three");
    EXPECT_EQ(all[2].number, 1);
    EXPECT_THAT(all[0].changes, SizeIs(2));
    EXPECT_EQ(all[0].changes[0].to, "b:c");
    EXPECT_EQ(all[0].actor, ConversationId{1'007});
    const auto page = t.audit_log().list(kAccount, 3, 1);
    EXPECT_THAT(page, SizeIs(1));
    EXPECT_EQ(page[0].subject_name, "two");
    EXPECT_EQ(t.audit_log().list(kOtherAccount, INT64_MAX, 10).at(0).number, 1);
    return true;
  });
}

}  // namespace
}  // namespace parlor::store
