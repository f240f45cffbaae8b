#include "chat/accounts.h"

#include <gtest/gtest.h>

#include "support/world.h"

namespace parlor::chat {
namespace {

using testing::World;

TEST(Accounts, GetFreshKeys) {
  World world;
  EXPECT_GE(world.acme.jwt_secret.size(), 32u);
  EXPECT_NE(world.acme.jwt_secret, world.other.jwt_secret);
  EXPECT_NE(world.acme.jwt_secret, world.acme.identity_key);
  EXPECT_EQ(list_accounts(world.tx).size(), 2u);
  EXPECT_EQ(create_account(world.tx, {"  "}).error().code, ErrorCode::invalid);
}

}  // namespace
}  // namespace parlor::chat
