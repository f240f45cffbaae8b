#include "chat/integrations.h"

#include <gtest/gtest.h>

#include "base/digest.h"
#include "support/world.h"

namespace parlor::chat {
namespace {

using testing::World;

TEST(Integrations, ShowTheirKeyOnce) {
  World world;
  const auto created = create_integration(world.tx, world.ada, {"Order desk", ""}).value();
  EXPECT_TRUE(created.key.starts_with("pik_"));
  EXPECT_EQ(created.integration.key_hash, sha256(created.key));
  EXPECT_EQ(world.tx.integrations().find_by_hash(sha256(created.key))->name, "Order desk");
  const auto deleted = delete_integration(world.tx, world.ada, created.integration.id);
  EXPECT_EQ(deleted->name, "Order desk");
  EXPECT_FALSE(world.tx.integrations().find_by_hash(sha256(created.key)));
  EXPECT_TRUE(list_integrations(world.tx, world.ada)->empty());
}

TEST(Integrations, AreMadeAndEndedByAdminsOnly) {
  World world;
  const auto made = create_integration(world.tx, world.ada, {"Order desk", ""}).value();
  for (const Actor& actor : {world.ann, world.vic}) {
    EXPECT_EQ(create_integration(world.tx, actor, {"x", ""}).error().code, ErrorCode::forbidden);
    EXPECT_EQ(delete_integration(world.tx, actor, made.integration.id).error().code,
              ErrorCode::forbidden);
  }
  EXPECT_EQ(list_integrations(world.tx, world.vic).error().code, ErrorCode::forbidden);
  EXPECT_TRUE(list_integrations(world.tx, world.eve)->empty());
  EXPECT_EQ(delete_integration(world.tx, world.eve, made.integration.id).error().code,
            ErrorCode::not_found);
  EXPECT_EQ(create_integration(world.tx, world.ada, {" ", ""}).error().code, ErrorCode::invalid);
}

TEST(Integrations, AreMadeOnceByTheSameRequest) {
  World world;
  const auto first = create_integration(world.tx, world.ada, {"Desk", "key-1"}).value();
  const auto again = create_integration(world.tx, world.ada, {"Desk", "key-1"}).value();
  EXPECT_EQ(again.key, first.key);
  EXPECT_EQ(list_integrations(world.tx, world.ada)->size(), 1u);
  delete_integration(world.tx, world.ada, first.integration.id).value();
  EXPECT_EQ(create_integration(world.tx, world.ada, {"Desk", "key-1"}).error().code,
            ErrorCode::gone);
}

TEST(Integrations, AreAHundredAtMost) {
  World world;
  for (std::size_t i = 0; i < kMaxIntegrations; ++i) {
    ASSERT_TRUE(create_integration(world.tx, world.ada, {"Desk", ""}));
  }
  EXPECT_EQ(create_integration(world.tx, world.ada, {"Desk", ""}).error().code,
            ErrorCode::conflict);
}

}  // namespace
}  // namespace parlor::chat
