#include "chat/account_settings.h"

#include <gtest/gtest.h>

#include "support/world.h"

namespace parlor::chat {
namespace {

using testing::World;

HostKey secret_key(const std::string& key_id, char fill) {
  HostKey key;
  key.key_id = key_id;
  key.material = std::string(32, fill);
  return key;
}

bool keys_were_changed(World& world) {
  const auto events = world.tx.take_events();
  if (events.size() != 1) return false;
  const auto* revoked = std::get_if<ConnectionsRevoked>(&events[0].body);
  return revoked && revoked->why == ConnectionsRevoked::Why::keys_changed &&
         revoked->account == world.acme.id;
}

TEST(AccountSettings, AreTheDefaultsUntilTheyAreChanged) {
  World world;
  const auto view = get_account(world.tx, world.ann).value();
  EXPECT_EQ(view.settings.waiting_sends, WaitingSends::block);
  EXPECT_EQ(view.settings.attachment_bytes, 25 * 1024 * 1024);
  EXPECT_TRUE(view.settings.placeholders.empty());
  EXPECT_FALSE(view.shows_identity_key);
}

TEST(AccountSettings, KeepWhatAChangeDoesNotName) {
  World world;
  UpdateAccount input;
  input.client_code = "acme-1";
  input.waiting_sends = WaitingSends::accept;
  input.placeholders = {{{"reset_url", "https://acme.example/reset"}, {"hours", "9 to 5"}}};
  update_account(world.tx, world.ada, input).value();
  UpdateAccount limit;
  limit.attachment_bytes = 1'000;
  limit.name = "Acme & Sons";
  const auto view = update_account(world.tx, world.ada, limit).value();
  EXPECT_EQ(view.account.name, "Acme & Sons");
  EXPECT_EQ(view.settings.client_code, "acme-1");
  EXPECT_EQ(view.settings.waiting_sends, WaitingSends::accept);
  EXPECT_EQ(view.settings.attachment_bytes, 1'000);
  ASSERT_EQ(view.settings.placeholders.size(), 2u);
  EXPECT_EQ(view.settings.placeholders[0].name, "hours") << "by name";
  EXPECT_EQ(get_account(world.tx, world.eve)->settings.client_code, "") << "another account's";
}

TEST(AccountSettings, AreBounded) {
  World world;
  const auto refused = [&](auto set) {
    UpdateAccount input;
    set(input);
    return update_account(world.tx, world.ada, input).error().code == ErrorCode::invalid;
  };
  EXPECT_TRUE(refused([](UpdateAccount& u) { u.name = ""; }));
  EXPECT_TRUE(refused([](UpdateAccount& u) { u.client_code = std::string(101, 'x'); }));
  EXPECT_TRUE(refused([](UpdateAccount& u) { u.attachment_bytes = 0; }));
  EXPECT_TRUE(refused([](UpdateAccount& u) { u.attachment_bytes = kMaxAttachmentBytes + 1; }));
  EXPECT_TRUE(refused([](UpdateAccount& u) { u.placeholders = {{{"Reset URL", "x"}}}; }));
  EXPECT_TRUE(refused([](UpdateAccount& u) {
    u.placeholders = {{{"x", std::string(kMaxPlaceholderCharacters + 1, 'x')}}};
  }));
  EXPECT_TRUE(refused([](UpdateAccount& u) {
    u.placeholders = std::vector<Placeholder>(kMaxPlaceholders + 1, {"x", "x"});
  }));
}

TEST(AccountSettings, AreChangedByAdminsOnly) {
  World world;
  for (const Actor& actor : {world.ann, world.vic}) {
    EXPECT_EQ(update_account(world.tx, actor, {}).error().code, ErrorCode::forbidden);
  }
  EXPECT_EQ(get_account(world.tx, world.vic).error().code, ErrorCode::forbidden);
}

TEST(AccountSettings, ShowAnIdentityKeyWhenItIsNew) {
  World world;
  UpdateAccount input;
  input.rotate_identity_key = true;
  const auto view = update_account(world.tx, world.ada, input).value();
  EXPECT_TRUE(view.shows_identity_key);
  EXPECT_NE(view.account.identity_key, world.acme.identity_key);
  EXPECT_EQ(world.tx.accounts().find(world.acme.id)->identity_key, view.account.identity_key);
  EXPECT_FALSE(get_account(world.tx, world.ada)->shows_identity_key);
}

TEST(HostKeys, AreAddedOnceAndRemovedByTheirFingerprint) {
  World world;
  UpdateAccount add;
  add.add_host_keys = {secret_key("a", 'a'), secret_key("b", 'b'), secret_key("b", 'b')};
  ASSERT_EQ(update_account(world.tx, world.ada, add)->host_keys.size(), 2u);
  EXPECT_TRUE(keys_were_changed(world));
  EXPECT_EQ(update_account(world.tx, world.ada, add)->host_keys.size(), 2u);
  EXPECT_TRUE(world.tx.take_events().empty()) << "nothing new";

  UpdateAccount remove;
  remove.remove_host_keys = {fingerprint_of(secret_key("a", 'a'))};
  const auto view = update_account(world.tx, world.ada, remove).value();
  EXPECT_TRUE(keys_were_changed(world));
  ASSERT_EQ(view.host_keys.size(), 1u);
  EXPECT_EQ(view.host_keys[0].key_id, "b");
  EXPECT_EQ(update_account(world.tx, world.ada, remove).error().code, ErrorCode::not_found);
  EXPECT_EQ(update_account(world.tx, world.eve, remove).error().code, ErrorCode::not_found);
}

TEST(HostKeys, AreSixteenAtMostAndReplacedInOneCall) {
  World world;
  UpdateAccount full;
  for (char fill = 'a'; fill < 'a' + 16; ++fill) full.add_host_keys.push_back(secret_key("", fill));
  ASSERT_TRUE(update_account(world.tx, world.ada, full));
  UpdateAccount more;
  more.add_host_keys = {secret_key("", 'z')};
  EXPECT_EQ(update_account(world.tx, world.ada, more).error().code, ErrorCode::conflict);
  more.remove_host_keys = {fingerprint_of(secret_key("", 'a'))};
  EXPECT_EQ(update_account(world.tx, world.ada, more)->host_keys.size(), 16u);
}

TEST(HostKeys, AreNamedWithoutBeingShown) {
  const auto key = secret_key("a", 'a');
  EXPECT_EQ(fingerprint_of(key).size(), 32u);
  EXPECT_NE(fingerprint_of(key), fingerprint_of(secret_key("b", 'a')));
  EXPECT_NE(fingerprint_of(key), fingerprint_of(secret_key("a", 'b')));
}

}  // namespace
}  // namespace parlor::chat
