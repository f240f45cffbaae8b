// Remembers that web sites use their tokens without writing anything: a visitor whose socket
// connects. Those who write are seen by the use cases themselves (chat/support_tokens.h).
//
// Thread-safe. Gathered: one write a site and minute, however many connect. Bounded: kMaxSites;
// when they are that many, those of before are forgotten.
#pragma once

#include <cstddef>
#include <mutex>
#include <unordered_map>

#include "base/clock.h"
#include "base/id.h"
#include "store/store.h"

namespace parlor::app {

class SiteActivity {
 public:
  static constexpr std::size_t kMaxSites = 10'000;

  SiteActivity(store::Store& store, const Clock& clock) : store_(store), clock_(clock) {}

  void seen(AccountId account, SupportTokenId site);

 private:
  store::Store& store_;
  const Clock& clock_;
  std::mutex mutex_;
  std::unordered_map<SupportTokenId, Timestamp> noted_at_;
};

}  // namespace parlor::app
