// What a realtime server counts. Written on the shards, read on any thread.
#pragma once

#include <atomic>
#include <cstdint>

namespace parlor::realtime {

struct EngineMetrics {
  std::atomic<std::int64_t> sessions{0};  // open now
  std::atomic<std::uint64_t> sessions_opened{0};
  std::atomic<std::uint64_t> upgrades{0};
  std::atomic<std::uint64_t> slow_consumers{0};  // sessions closed because their queue was full
  std::atomic<std::uint64_t> ping_timeouts{0};
  std::atomic<std::uint64_t> parse_errors{0};
  std::atomic<std::int64_t> buffered_bytes{0};  // waiting for polls now
};

struct Metrics {
  std::atomic<std::int64_t> sockets{0};  // connected now
  std::atomic<std::uint64_t> packets_in{0};
  std::atomic<std::uint64_t> packets_out{0};  // a broadcast counts once for each receiver
  std::atomic<std::uint64_t> broadcasts{0};
  std::atomic<std::uint64_t> refused{0};       // by a middleware
  std::atomic<std::uint64_t> rate_limited{0};  // sessions closed for too many events
  std::atomic<std::uint64_t> held_overflows{0};
};

}  // namespace parlor::realtime
