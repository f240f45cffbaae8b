// A number of bytes that many may hold together. Thread-safe.
#pragma once

#include <atomic>
#include <cstddef>

namespace parlor::net {

class ByteBudget {
 public:
  explicit ByteBudget(std::size_t most) : most_(most) {}

  // False: nothing was taken, because it would be too much together with the others'.
  bool take(std::size_t bytes) {
    if (used_.fetch_add(bytes, std::memory_order_relaxed) + bytes <= most_) return true;
    give_back(bytes);
    return false;
  }
  void give_back(std::size_t bytes) { used_.fetch_sub(bytes, std::memory_order_relaxed); }

 private:
  const std::size_t most_;
  std::atomic<std::size_t> used_{0};
};

}  // namespace parlor::net
