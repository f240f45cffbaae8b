#include "app/site_activity.h"

#include "app/function_job.h"
#include "chat/support_tokens.h"

namespace parlor::app {

void SiteActivity::seen(AccountId account, SupportTokenId site) {
  const auto now = clock_.now();
  {
    const std::lock_guard lock(mutex_);
    const auto known = noted_at_.find(site);
    if (known != noted_at_.end() && now - known->second < chat::kSiteSeenMs) return;
    if (noted_at_.size() >= kMaxSites) noted_at_.clear();
    noted_at_[site] = now;
  }
  auto note = [account, site](chat::Transaction& transaction) -> Result<Ok> {
    const auto token = transaction.support_tokens().find(account, site);
    if (token) chat::note_site_seen(transaction, *token);
    return Ok();
  };
  // Nobody waits for it, and the next one makes up for one that fails.
  store_.submit(store::Lane::write, make_job(account, std::move(note), [](const Result<Ok>&) {}));
}

}  // namespace parlor::app
