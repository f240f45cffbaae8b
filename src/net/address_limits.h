// How many connections each address may open: per second, and at one time. Thread-safe.
// Bounds: memory follows the number of addresses with open connections, plus those seen within the
// last seconds.
#pragma once

#include <cstdint>
#include <cstring>
#include <mutex>
#include <unordered_map>

#include "net/ip_address.h"

namespace parlor::net {

class AddressLimits {
 public:
  AddressLimits(unsigned max_new_per_second, unsigned max_open)
      : max_new_per_second_(max_new_per_second), max_open_(max_open) {}

  // True: the connection is counted, and release must be called for it.
  bool admit(const IpAddress& address, std::int64_t now_ms);
  void release(const IpAddress& address);

 private:
  struct Count {
    std::int64_t second = 0;
    unsigned new_in_second = 0;
    unsigned open = 0;
  };
  struct Hash {
    std::size_t operator()(const IpAddress& address) const;
  };

  void forget_old(std::int64_t second);

  const unsigned max_new_per_second_;
  const unsigned max_open_;
  std::mutex mutex_;
  std::unordered_map<IpAddress, Count, Hash> counts_;
  std::int64_t cleaned_second_ = 0;
};

}  // namespace parlor::net
