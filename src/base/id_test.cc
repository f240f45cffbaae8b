#include "base/id.h"

#include <gtest/gtest.h>

#include <set>

#include "base/id_source.h"

namespace parlor {
namespace {

constexpr Timestamp kStart{1'759'919'400'000};  // 2025-10-08T10:30:00Z

TEST(Id, HexStartsWithTheCreationSecondAndReadsBack) {
  ManualClock clock(kStart);
  ClockIdSource source(clock, 0);
  const auto id = source.make<RoomId>();
  const auto hex = to_hex(id);
  EXPECT_EQ(hex.size(), 24U);
  EXPECT_EQ(std::stoll(hex.substr(0, 8), nullptr, 16), kStart.seconds());
  EXPECT_EQ(parse_id<RoomId>(hex), id);
}

TEST(Id, HexOfWrongLengthDigitOrDisagreeingHalvesIsRefused) {
  ManualClock clock(kStart);
  ClockIdSource source(clock, 0);
  auto hex = to_hex(source.next());
  EXPECT_FALSE(id_from_hex(hex.substr(1)));
  EXPECT_FALSE(id_from_hex(hex + "0"));
  EXPECT_FALSE(id_from_hex("507f1f77bcf86cd799439011"));
  EXPECT_FALSE(id_from_hex(std::string(24, '0')));
  EXPECT_FALSE(id_from_hex(std::string(24, 'f')));
  hex[7] = hex[7] == '0' ? '1' : '0';
  EXPECT_FALSE(id_from_hex(hex));
  hex[7] = 'g';
  EXPECT_FALSE(id_from_hex(hex));
}

TEST(Id, AChangedDigitIsNoticedUnlessItSpellsAnotherIdOfTheSameSecond) {
  ManualClock clock(kStart);
  const auto hex = to_hex(ClockIdSource(clock, 0).next());
  for (std::size_t place = 0; place < hex.size(); ++place) {
    for (const char digit : std::string("0123456789abcdef")) {
      auto changed = hex;
      changed[place] = digit;
      if (changed == hex) continue;
      const auto read = id_from_hex(changed);
      if (place < 8) {
        EXPECT_FALSE(read) << changed;
      } else if (read) {
        EXPECT_EQ(to_hex(*read), changed);
        EXPECT_EQ(*read >> kIdNumberBits, kStart.seconds());
      }
    }
  }
}

TEST(IdSource, IdsStayUniqueWhenTheClockGoesBackOrASecondIsUsedUp) {
  ManualClock clock(kStart);
  ClockIdSource source(clock, 0);
  std::set<std::int64_t> seen;
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(seen.insert(source.next()).second);
  clock.advance(-5000);
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(seen.insert(source.next()).second);
  const auto last = *seen.rbegin();
  for (std::int64_t i = 0; i < (std::int64_t{1} << kIdNumberBits); ++i)
    ASSERT_GT(source.next(), last);
}

TEST(IdSource, ARestartInTheSameSecondUsesTheNextSecond) {
  ManualClock clock(kStart);
  ClockIdSource before(clock, 0);
  const auto old_id = before.next();
  ClockIdSource after(clock, kStart.seconds() + 1);
  EXPECT_GT(after.next() >> kIdNumberBits, old_id >> kIdNumberBits);
}

TEST(Clock, FormatsIso8601WithMilliseconds) {
  EXPECT_EQ(to_iso8601({1'759'919'400'007}), "2025-10-08T10:30:00.007Z");
  EXPECT_EQ(to_iso8601({0}), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(to_iso8601({-1}), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(to_iso8601({INT64_MAX}), "9999-12-31T23:59:59.999Z");
}

}  // namespace
}  // namespace parlor
