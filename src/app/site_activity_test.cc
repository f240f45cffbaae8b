#include "app/site_activity.h"

#include <gtest/gtest.h>

#include "app/commit_publisher.h"
#include "app/function_job.h"
#include "chat/accounts.h"
#include "chat/support_tokens.h"
#include "support/open_store.h"
#include "support/temporary_directory.h"

namespace parlor::app {
namespace {

class SiteActivityOverAStore : public ::testing::Test {
 protected:
  void SetUp() override {
    store_ = open_store(directory_.path(), clock_, listener_);
    auto make = [](chat::Transaction& transaction) -> Result<chat::SupportToken> {
      const auto account = chat::create_account(transaction, {"Example"});
      if (!account) return account.failure();
      auto made = chat::create_support_token(transaction, chat::server_operator(account->id), {});
      if (!made) return made.failure();
      return made->token;
    };
    token_ = run_and_wait(*store_, store::Lane::write, make).value();
  }
  void TearDown() override { store_->stop(); }

  // Behind everything that was submitted before.
  Timestamp last_seen() {
    return run_and_wait(
               *store_, store::Lane::write,
               [this](chat::Transaction& transaction) -> Result<Timestamp> {
                 return transaction.support_tokens().find(token_.account, token_.id)->last_seen;
               })
        .value();
  }

  TemporaryDirectory directory_;
  ManualClock clock_{Timestamp{1'759'919'400'000}};
  QuietListener listener_;
  std::unique_ptr<store::SqliteStore> store_;
  chat::SupportToken token_;
};

TEST_F(SiteActivityOverAStore, IsWrittenOnceAMinute) {
  SiteActivity sites(*store_, clock_);
  EXPECT_EQ(last_seen(), Timestamp{});
  for (int i = 0; i < 100; ++i) sites.seen(token_.account, token_.id);
  const auto first = last_seen();
  EXPECT_NE(first, Timestamp{});
  clock_.advance(chat::kSiteSeenMs - 1);
  sites.seen(token_.account, token_.id);
  EXPECT_EQ(last_seen(), first);
  clock_.advance(1);
  sites.seen(token_.account, token_.id);
  EXPECT_GT(last_seen(), first);
}

TEST_F(SiteActivityOverAStore, OfASiteThatIsNoneIsNothing) {
  SiteActivity sites(*store_, clock_);
  sites.seen(token_.account, {77});
  EXPECT_EQ(last_seen(), Timestamp{});
}

}  // namespace
}  // namespace parlor::app
