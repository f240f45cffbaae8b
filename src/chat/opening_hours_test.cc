#include "chat/opening_hours.h"

#include <gtest/gtest.h>

namespace parlor::chat {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;
constexpr Timestamp kMidnightInWinter{1'767'571'200'000};  // 2026-01-05T00:00:00Z, a Monday
constexpr Timestamp kClocksGoForward{1'774'746'000'000};   // 2026-03-29T01:00:00Z, a Sunday

// "Summer" is an hour ahead of UTC, and two from kClocksGoForward on; "East" always ten.
class TwoZones final : public TimeZones {
 public:
  bool knows(std::string_view zone) const override {
    return zone == "UTC" || zone == "Summer" || zone == "East";
  }
  std::int64_t offset_ms(std::string_view zone, Timestamp at) const override {
    if (zone == "East") return 10 * kHourMs;
    if (zone == "Summer") return at < kClocksGoForward ? kHourMs : 2 * kHourMs;
    return 0;
  }
};

OpeningHours office(const std::string& zone) {
  OpeningHours hours;
  hours.timezone = zone;
  for (std::size_t day = 0; day < 5; ++day) hours.week[day] = DailyHours{9 * 60, 17 * 60};
  return hours;
}

std::string seen(const std::optional<OpeningHours>& hours, Timestamp now) {
  const auto opening = opening_at(hours, now, TwoZones());
  if (opening.open) return "open";
  return opening.opens_at ? to_iso8601(*opening.opens_at) : "never";
}

TEST(OpeningHours, AnInboxWithoutHoursIsAlwaysOpen) {
  EXPECT_EQ(seen(std::nullopt, kMidnightInWinter), "open");
}

TEST(OpeningHours, ClosedNamesTheNextOpening) {
  const auto hours = office("UTC");
  EXPECT_EQ(seen(hours, kMidnightInWinter), "2026-01-05T09:00:00.000Z");
  EXPECT_EQ(seen(hours, kMidnightInWinter + (9 * kHourMs - 1)), "2026-01-05T09:00:00.000Z");
  EXPECT_EQ(seen(hours, kMidnightInWinter + 9 * kHourMs), "open");
  EXPECT_EQ(seen(hours, kMidnightInWinter + (17 * kHourMs - 1)), "open");
  EXPECT_EQ(seen(hours, kMidnightInWinter + 17 * kHourMs), "2026-01-06T09:00:00.000Z");
}

TEST(OpeningHours, AWeekendEndsOnMonday) {
  const auto saturday = kMidnightInWinter + 5 * 24 * kHourMs;
  EXPECT_EQ(seen(office("UTC"), saturday), "2026-01-12T09:00:00.000Z");
}

TEST(OpeningHours, TheDayIsTheOneOfTheZone) {
  // Sunday evening in UTC is Monday morning ten hours further east.
  const auto sunday_evening = kMidnightInWinter + -kHourMs;
  EXPECT_EQ(seen(office("East"), sunday_evening), "open");
  EXPECT_EQ(seen(office("UTC"), sunday_evening), "2026-01-05T09:00:00.000Z");
}

TEST(OpeningHours, AfterTheClocksWereMovedItOpensAtTheSameLocalTime) {
  const auto friday_evening = kClocksGoForward + -30 * kHourMs;
  EXPECT_EQ(seen(office("Summer"), kMidnightInWinter), "2026-01-05T08:00:00.000Z");
  EXPECT_EQ(seen(office("Summer"), friday_evening), "2026-03-30T07:00:00.000Z");
}

TEST(OpeningHours, HolidaysAreClosed) {
  auto hours = office("UTC");
  hours.holidays = {"2026-01-05", "2026-01-06"};
  EXPECT_EQ(seen(hours, kMidnightInWinter + 10 * kHourMs), "2026-01-07T09:00:00.000Z");
}

TEST(OpeningHours, AWeekWithoutADayNeverOpens) {
  EXPECT_EQ(seen(OpeningHours(), kMidnightInWinter), "never");
}

TEST(OpeningHours, ADayMayLastUntilMidnight) {
  OpeningHours hours;
  for (auto& day : hours.week) day = DailyHours{0, kMinutesOfDay};
  EXPECT_EQ(seen(hours, kMidnightInWinter + -1), "open");
  EXPECT_EQ(seen(hours, kMidnightInWinter), "open");
}

TEST(OpeningHours, TimesOfDayAreReadAndSpelled) {
  EXPECT_EQ(parse_time_of_day("09:30"), 570);
  EXPECT_EQ(parse_time_of_day("24:00"), kMinutesOfDay);
  EXPECT_EQ(spell_time_of_day(570), "09:30");
  EXPECT_EQ(spell_time_of_day(kMinutesOfDay), "24:00");
  for (const auto* text : {"", "9:30", "09:60", "24:01", "09-30", "0a:30", "09:300", "-1:00"})
    EXPECT_EQ(parse_time_of_day(text), std::nullopt) << text;
}

TEST(OpeningHours, WhatIsNoHoursIsRefusedWithTheFieldsName) {
  const auto complaint = [](auto change) {
    auto hours = office("UTC");
    change(hours);
    const auto checked = check_hours(hours, TwoZones());
    return checked ? std::string("fine") : checked.error().message;
  };
  EXPECT_EQ(complaint([](OpeningHours&) {}), "fine");
  EXPECT_NE(complaint([](auto& h) { h.timezone = "Moon/Base"; }).find("hours.timezone"),
            std::string::npos);
  EXPECT_NE(complaint([](auto& h) {
              h.week[0] = DailyHours{600, 600};
            }).find("hours.week"),
            std::string::npos);
  EXPECT_NE(complaint([](auto& h) {
              h.week[0] = DailyHours{-1, 600};
            }).find("hours.week"),
            std::string::npos);
  EXPECT_NE(complaint([](auto& h) {
              h.week[0] = DailyHours{0, 1441};
            }).find("hours.week"),
            std::string::npos);
  for (const auto* date : {"2026-02-30", "2026-13-01", "26-01-01", "2026/01/01", "2026-01-01 "})
    EXPECT_NE(complaint([&](auto& h) { h.holidays = {date}; }).find("hours.holidays"),
              std::string::npos)
        << date;
  EXPECT_NE(
      complaint([](auto& h) {
        for (int n = 0; n <= static_cast<int>(kMaxHolidays); ++n)
          h.holidays.push_back(to_iso8601(kMidnightInWinter + n * 24 * kHourMs).substr(0, 10));
      }).find("at most 100"),
      std::string::npos);
}

TEST(OpeningHours, HolidaysAreKeptSortedAndOnce) {
  auto hours = office("UTC");
  hours.holidays = {"2026-12-25", "2026-01-01", "2026-12-25"};
  EXPECT_EQ(check_hours(hours, TwoZones())->holidays,
            (std::vector<std::string>{"2026-01-01", "2026-12-25"}));
}

}  // namespace
}  // namespace parlor::chat
