#include "identity/login_throttle.h"

#include <arpa/inet.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include "base/digest.h"

namespace parlor::identity {
namespace {

constexpr double kMsAMinute = 60'000;
constexpr std::size_t kIpv6NetworkBytes = 8;

std::string key_of_address(std::string_view address) {
  const std::string text(address);
  in6_addr ipv6{};
  if (inet_pton(AF_INET6, text.c_str(), &ipv6) == 1 && IN6_IS_ADDR_V4MAPPED(&ipv6) == 0) {
    return {reinterpret_cast<const char*>(&ipv6), kIpv6NetworkBytes};
  }
  return text.size() <= INET6_ADDRSTRLEN ? text : sha256(text);
}

// A digest, so that a key is short whatever was sent.
std::string key_of_email(std::string_view email) {
  std::string lower(email);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return sha256(lower);
}

}  // namespace

double LoginThrottle::Buckets::taken_at(const Bucket& bucket, Timestamp now) const {
  const double came_back = static_cast<double>(std::max<std::int64_t>(0, now - bucket.at)) *
                           limit_.a_minute / kMsAMinute;
  return std::max(0.0, bucket.taken - came_back);
}

std::int64_t LoginThrottle::Buckets::wait_ms(const std::string& key, Timestamp now) const {
  const auto found = by_key_.find(key);
  if (limit_.burst == 0 || found == by_key_.end()) return 0;
  const double missing = taken_at(*found->second, now) + 1 - limit_.burst;
  if (missing <= 0) return 0;
  return static_cast<std::int64_t>(std::ceil(missing * kMsAMinute / std::max(1, limit_.a_minute)));
}

void LoginThrottle::Buckets::take(const std::string& key, Timestamp now) {
  if (limit_.burst == 0) return;
  const auto found = by_key_.find(key);
  if (found != by_key_.end()) {
    by_use_.splice(by_use_.begin(), by_use_, found->second);
    Bucket& bucket = by_use_.front();
    bucket.taken = taken_at(bucket, now) + 1;
    bucket.at = now;
    return;
  }
  if (by_use_.size() >= kMaxBuckets) {
    by_key_.erase(by_use_.back().key);
    by_use_.pop_back();
  }
  by_use_.push_front({key, 1, now});
  by_key_.emplace(key, by_use_.begin());
}

void LoginThrottle::Buckets::give_back(const std::string& key) {
  const auto found = by_key_.find(key);
  if (found != by_key_.end()) found->second->taken = std::max(0.0, found->second->taken - 1);
}

LoginThrottle::LoginThrottle(const Clock& clock, LoginLimits limits)
    : clock_(clock), addresses_(limits.per_address), emails_(limits.per_email) {}

Result<Ok> LoginThrottle::admit(std::string_view address, std::string_view email) {
  const std::string address_key = key_of_address(address);
  const std::string email_key = key_of_email(email);
  const Timestamp now = clock_.now();
  const std::lock_guard lock(mutex_);
  const std::int64_t wait_ms =
      std::max(addresses_.wait_ms(address_key, now), emails_.wait_ms(email_key, now));
  if (wait_ms > 0) {
    return Failure(Error{ErrorCode::rate_limited, "too many attempts to sign in: wait a while",
                         std::chrono::milliseconds(wait_ms)});
  }
  addresses_.take(address_key, now);
  emails_.take(email_key, now);
  return Ok{};
}

void LoginThrottle::succeeded(std::string_view address, std::string_view email) {
  const std::string address_key = key_of_address(address);
  const std::string email_key = key_of_email(email);
  const std::lock_guard lock(mutex_);
  addresses_.give_back(address_key);
  emails_.give_back(email_key);
}

}  // namespace parlor::identity
