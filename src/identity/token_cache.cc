#include "identity/token_cache.h"

#include <utility>

#include "base/digest.h"

namespace parlor::identity {

TokenCache::TokenCache(const Clock& clock, std::size_t limit) : clock_(clock), limit_(limit) {}

std::shared_ptr<const VerifiedToken> TokenCache::find(std::string_view token) {
  if (token.size() > kMaxTokenBytes) return nullptr;
  const Digest digest = sha256(token);
  const std::lock_guard lock(mutex_);
  const auto found = by_digest_.find(digest);
  if (found == by_digest_.end()) return nullptr;
  const auto entry = found->second;
  if (clock_.now() >= entry->verified->expires_at + kLeewayMs) {
    by_digest_.erase(found);
    by_use_.erase(entry);
    return nullptr;
  }
  by_use_.splice(by_use_.begin(), by_use_, entry);
  return entry->verified;
}

std::uint64_t TokenCache::generation() const {
  const std::lock_guard lock(mutex_);
  return generation_;
}

void TokenCache::insert(std::string_view token, std::shared_ptr<const VerifiedToken> verified,
                        std::uint64_t generation) {
  Digest digest = sha256(token);
  const std::lock_guard lock(mutex_);
  if (generation != generation_ || limit_ == 0 || by_digest_.contains(digest)) return;
  if (by_use_.size() >= limit_) {
    by_digest_.erase(by_use_.back().digest);
    by_use_.pop_back();
  }
  by_use_.push_front({digest, std::move(verified)});
  by_digest_.emplace(std::move(digest), by_use_.begin());
}

void TokenCache::forget(AccountId account) {
  const std::lock_guard lock(mutex_);
  ++generation_;
  for (auto entry = by_use_.begin(); entry != by_use_.end();) {
    if (entry->verified->claims.account == account) {
      by_digest_.erase(entry->digest);
      entry = by_use_.erase(entry);
    } else {
      ++entry;
    }
  }
}

std::size_t TokenCache::size() const {
  const std::lock_guard lock(mutex_);
  return by_use_.size();
}

}  // namespace parlor::identity
