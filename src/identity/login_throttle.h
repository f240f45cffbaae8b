// How often somebody may try to log in: a leaky bucket for each address and one for each e-mail.
//
// Thread-safe. Time comes from the clock that is handed in. Bounded: kMaxBuckets of each kind; when
// they are all in use, the longest unused one is forgotten.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.h"
#include "base/result.h"

namespace parlor::identity {

struct LoginLimit {
  int burst = 0;     // attempts at once; 0 = no limit
  int a_minute = 0;  // attempts that come back each minute; at least 1
};

struct LoginLimits {
  LoginLimit per_address{.burst = 120, .a_minute = 20};
  LoginLimit per_email{.burst = 60, .a_minute = 5};
};

class LoginThrottle {
 public:
  static constexpr std::size_t kMaxBuckets = 20'000;

  LoginThrottle(const Clock& clock, LoginLimits limits);

  // Counts an attempt, or fails with `rate_limited` and retry_after. Call before the password is
  // looked at. `address`: an IPv4 or IPv6 address as text; of IPv6 the first 64 bits count. E-mails
  // are compared without regard to the case of ASCII letters.
  Result<Ok> admit(std::string_view address, std::string_view email);

  // The attempt was right: it does not count.
  void succeeded(std::string_view address, std::string_view email);

 private:
  class Buckets {
   public:
    explicit Buckets(LoginLimit limit) : limit_(limit) {}
    std::int64_t wait_ms(const std::string& key, Timestamp now) const;  // 0 = may try
    void take(const std::string& key, Timestamp now);
    void give_back(const std::string& key);

   private:
    struct Bucket {
      std::string key;
      double taken = 0;  // attempts that have not come back, as of `at`
      Timestamp at;
    };
    double taken_at(const Bucket& bucket, Timestamp now) const;

    LoginLimit limit_;
    std::list<Bucket> by_use_;  // the latest used first
    std::unordered_map<std::string, std::list<Bucket>::iterator> by_key_;
  };

  const Clock& clock_;
  std::mutex mutex_;
  Buckets addresses_;
  Buckets emails_;
};

}  // namespace parlor::identity
