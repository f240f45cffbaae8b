#include "text/time_zones.h"

#include <gtest/gtest.h>

#include <string>

namespace parlor::text {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;
constexpr std::int64_t kInWinter = 1'767'571'200'000;  // 2026-01-05T00:00:00Z
constexpr std::int64_t kInSummer = 1'783'000'000'000;  // 2026-07-02

TEST(TimeZones, LocalTimeFollowsTheSeason) {
  EXPECT_EQ(zone_offset_ms("Europe/Berlin", kInWinter), kHourMs);
  EXPECT_EQ(zone_offset_ms("Europe/Berlin", kInSummer), 2 * kHourMs);
  EXPECT_EQ(zone_offset_ms("America/New_York", kInWinter), -5 * kHourMs);
  EXPECT_EQ(zone_offset_ms("Asia/Kolkata", kInSummer), 5 * kHourMs + kHourMs / 2);
  EXPECT_EQ(zone_offset_ms("UTC", kInSummer), 0);
}

TEST(TimeZones, OnlyNamesOfZonesAreZones) {
  for (const auto* name : {"UTC", "Europe/Berlin", "Asia/Gaza", "Etc/GMT+5", "Asia/Riyadh"})
    EXPECT_TRUE(is_time_zone(name)) << name;
  for (const std::string& name : {std::string(), std::string("Moon/Base"), std::string("GMT+5"),
                                  std::string("Etc/Unknown"), std::string("Europe/Berlin\0", 14),
                                  std::string(1000, 'a'), std::string("Eu\xc3\x28rope")}) {
    EXPECT_FALSE(is_time_zone(name)) << name;
    EXPECT_EQ(zone_offset_ms(name, kInWinter), 0);
  }
}

}  // namespace
}  // namespace parlor::text
