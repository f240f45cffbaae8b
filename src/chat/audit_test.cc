#include "chat/audit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "chat/account_settings.h"
#include "chat/canned_replies.h"
#include "chat/integrations.h"
#include "support/world.h"

namespace parlor::chat {
namespace {

using ::testing::ElementsAre;
using testing::World;

std::vector<AuditEntry> entries_of(World& world, const Actor& admin) {
  return list_audit(world.tx, admin, {}).value().entries;
}

std::vector<std::string> actions(World& world, std::size_t newest) {
  std::vector<std::string> names;
  for (const auto& entry : entries_of(world, world.ada)) {
    if (names.size() < newest) names.push_back(entry.action);
  }
  return names;
}

TEST(AuditLog, SaysWhoChangedWhatFromWhatToWhat) {
  World world;
  UpdateAgent input;
  input.agent = world.ann.agent;
  input.capacity = 3;
  input.role = AgentRole::admin;
  update_agent(world.tx, world.ada, input).value();
  const auto entry = entries_of(world, world.ada).at(0);
  EXPECT_EQ(entry.actor, world.ada.conversation);
  EXPECT_EQ(entry.actor_name, "Ada");
  EXPECT_EQ(entry.at, world.tx.now());
  EXPECT_EQ(entry.action, "agent.updated");
  EXPECT_EQ(entry.subject, world.ann.agent.value);
  EXPECT_EQ(entry.subject_name, "Ann");
  ASSERT_EQ(entry.changes.size(), 2u);
  EXPECT_EQ(entry.changes[0].field, "role");
  EXPECT_EQ(entry.changes[0].to, "admin");
  EXPECT_EQ(entry.changes[1].from, "20");
  EXPECT_EQ(entry.changes[1].to, "3");
}

TEST(AuditLog, HasNoEntryForWhatWasRefusedOrChangedNothing) {
  World world;
  const auto before = entries_of(world, world.ada).at(0).number;
  UpdateAgent input;
  input.agent = world.ann.agent;
  input.name = "Ann";
  update_agent(world.tx, world.ada, input).value();
  EXPECT_FALSE(update_agent(world.tx, world.ann, input));
  input.name = "";
  EXPECT_FALSE(update_agent(world.tx, world.ada, input));
  EXPECT_FALSE(create_integration(world.tx, world.ada, {"", ""}));
  EXPECT_EQ(entries_of(world, world.ada).at(0).number, before);
}

TEST(AuditLog, HasEveryActOfAdministration) {
  World world;
  const auto invited = invite_agent(
      world.tx, world.ada, {CreateAgent{"Gia", "gia@example.com", "", "", {}, true, 1, ""}, ""});
  accept_invitation(world.tx, {invited->token, "$hash"}).value();
  invite_again(world.tx, world.ada, world.ann.agent).value();
  set_agent_password(world.tx, world.ada, {world.ann.conversation, "$hash"}).value();
  revoke_agent_tokens(world.tx, world.ada, world.ann.conversation).value();
  EXPECT_THAT(actions(world, 5), ElementsAre("agent.tokens_revoked", "agent.password_set",
                                             "agent.invited", "agent.joined", "agent.created"));

  CreateInbox sales;
  sales.name = "Sales";
  sales.members = {world.ann.conversation};
  const auto inbox = create_inbox(world.tx, world.ada, sales).value();
  UpdateInbox renamed;
  renamed.inbox = inbox.id;
  renamed.name = "Deals";
  renamed.members = std::vector<ConversationId>();
  update_inbox(world.tx, world.ada, renamed).value();
  EXPECT_THAT(actions(world, 4), ElementsAre("inbox.member_removed", "inbox.updated",
                                             "inbox.member_added", "inbox.created"));

  const auto token = create_support_token(world.tx, world.ada, {}).value();
  revoke_support_token(world.tx, world.ada, token.token.id).value();
  const auto canned = create_canned(world.tx, world.ada, {"hi", "Hello", {}, ""}).value();
  update_canned(world.tx, world.ada, {canned.id, "hey", {}, {}}).value();
  delete_canned(world.tx, world.ada, canned.id).value();
  const auto desk = create_integration(world.tx, world.ada, {"Desk", ""}).value();
  delete_integration(world.tx, world.ada, desk.integration.id).value();
  EXPECT_THAT(actions(world, 7),
              ElementsAre("integration.deleted", "integration.created", "canned.deleted",
                          "canned.updated", "canned.created", "token.revoked", "token.created"));
}

TEST(AuditLog, HoldsNoSecrets) {
  World world;
  UpdateAccount input;
  input.rotate_identity_key = true;
  HostKey key;
  key.material = std::string(32, 's');
  input.add_host_keys = {key};
  const auto view = update_account(world.tx, world.ada, input).value();
  const auto token = create_support_token(world.tx, world.ada, {}).value();
  const auto desk = create_integration(world.tx, world.ada, {"Desk", ""}).value();
  const auto link = invite_again(world.tx, world.ada, world.ann.agent).value();
  set_agent_password(world.tx, world.ada, {world.ann.conversation, "$argon2id$"}).value();
  for (const auto& entry : entries_of(world, world.ada)) {
    std::string all = entry.subject_name + entry.action;
    for (const auto& change : entry.changes) all += change.field + change.from + change.to;
    for (const std::string& secret : {view.account.identity_key, key.material, token.secret,
                                      desk.key, link.token, std::string("$argon2id$")}) {
      EXPECT_EQ(all.find(secret), std::string::npos) << entry.action;
    }
  }
}

TEST(AuditLog, NamesTheServersOperator) {
  World world;
  create_integration(world.tx, server_operator(world.acme.id), {"Desk", ""}).value();
  const auto entry = entries_of(world, world.ada).at(0);
  EXPECT_EQ(entry.actor, ConversationId{});
  EXPECT_EQ(entry.actor_name, "server operator");
}

TEST(AuditLog, IsReadByAdminsInPagesNewestFirst) {
  World world;
  for (int i = 0; i < 5; ++i) {
    create_integration(world.tx, world.ada, {"Desk " + std::to_string(i), ""}).value();
  }
  const auto first = list_audit(world.tx, world.ada, {INT64_MAX, 3}).value();
  ASSERT_EQ(first.entries.size(), 3u);
  EXPECT_EQ(first.entries[0].subject_name, "Desk 4");
  EXPECT_TRUE(first.more);
  auto rest = list_audit(world.tx, world.ada, {first.entries[2].number, 100}).value();
  EXPECT_EQ(rest.entries[0].subject_name, "Desk 1");
  EXPECT_FALSE(rest.more);
  EXPECT_EQ(rest.entries.back().action, "account.created");
  EXPECT_EQ(rest.entries.back().number, 1);
  EXPECT_EQ(list_audit(world.tx, world.ann, {}).error().code, ErrorCode::forbidden);
  EXPECT_EQ(list_audit(world.tx, world.vic, {}).error().code, ErrorCode::forbidden);
  EXPECT_EQ(list_audit(world.tx, world.ada, {INT64_MAX, 0}).error().code, ErrorCode::invalid);
  for (const auto& entry : entries_of(world, world.eve)) {
    EXPECT_EQ(entry.account, world.other.id);
  }
}

TEST(AuditLog, CutsLongValues) {
  Changes changes;
  changes.add("text", "", std::string(10'000, 'x')).add("same", "a", "a");
  const auto kept = changes.take();
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_EQ(kept[0].to, std::string(200, 'x') + "…");
}

}  // namespace
}  // namespace parlor::chat
