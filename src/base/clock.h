// Time of day as the domain sees it, and the port that it comes from.
#pragma once

#include <atomic>
#include <compare>
#include <cstdint>
#include <string>

namespace parlor {

// Milliseconds since 1970-01-01T00:00:00Z.
struct Timestamp {
  std::int64_t ms = 0;

  std::int64_t seconds() const { return ms / 1000; }
  friend auto operator<=>(const Timestamp&, const Timestamp&) = default;
};

inline Timestamp operator+(Timestamp at, std::int64_t ms) { return {at.ms + ms}; }
inline std::int64_t operator-(Timestamp later, Timestamp earlier) { return later.ms - earlier.ms; }

// "2025-10-08T10:30:00.000Z". Times outside the years 0 to 9999 are clamped to them.
std::string to_iso8601(Timestamp at);

// Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Timestamp now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Timestamp now() const override;
};

// Stands still until it is told otherwise. For tests of rules about time.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Timestamp start) : now_ms_(start.ms) {}
  Timestamp now() const override { return {now_ms_.load()}; }
  void advance(std::int64_t ms) { now_ms_ += ms; }
  void set(Timestamp at) { now_ms_ = at.ms; }

 private:
  std::atomic<std::int64_t> now_ms_;
};

}  // namespace parlor
