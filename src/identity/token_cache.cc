#include "identity/token_cache.h"

#include <sodium.h>

#include <algorithm>
#include <utility>

#include "base/digest.h"

namespace parlor::identity {

std::size_t TokenCache::KeyedHash::operator()(std::string_view token) const noexcept {
  static_assert(crypto_shorthash_KEYBYTES == 16 && crypto_shorthash_BYTES == sizeof(std::size_t));
  std::size_t hash = 0;
  crypto_shorthash(reinterpret_cast<unsigned char*>(&hash),
                   reinterpret_cast<const unsigned char*>(token.data()), token.size(), key.data());
  return hash;
}

TokenCache::KeyedHash TokenCache::new_hash() {
  KeyedHash hash{};
  const std::string key = random_bytes(hash.key.size());
  std::copy(key.begin(), key.end(), hash.key.begin());
  return hash;
}

TokenCache::TokenCache(const Clock& clock, std::size_t limit)
    : clock_(clock), limit_(limit), by_token_(0, new_hash()) {}

std::shared_ptr<const VerifiedToken> TokenCache::find(std::string_view token) {
  if (token.size() > kMaxTokenBytes) return nullptr;
  const std::lock_guard lock(mutex_);
  const auto found = by_token_.find(token);
  if (found == by_token_.end()) return nullptr;
  const auto entry = found->second;
  if (clock_.now() >= entry->verified->expires_at + kLeewayMs) {
    by_token_.erase(found);
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
  const std::lock_guard lock(mutex_);
  if (generation != generation_ || limit_ == 0 || by_token_.contains(token)) return;
  if (by_use_.size() >= limit_) {
    by_token_.erase(by_use_.back().token);
    by_use_.pop_back();
  }
  by_use_.push_front({std::string(token), std::move(verified)});
  by_token_.emplace(by_use_.front().token, by_use_.begin());
}

void TokenCache::forget(AccountId account) {
  const std::lock_guard lock(mutex_);
  ++generation_;
  for (auto entry = by_use_.begin(); entry != by_use_.end();) {
    if (entry->verified->claims.account == account) {
      by_token_.erase(entry->token);
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
