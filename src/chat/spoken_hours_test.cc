#include "chat/spoken_hours.h"

#include <gtest/gtest.h>

namespace parlor::chat {
namespace {

OpeningHours week(std::initializer_list<std::size_t> open_days) {
  OpeningHours hours;
  hours.timezone = "Asia/Amman";
  for (const auto day : open_days) hours.week[day] = DailyHours{9 * 60, 17 * 60};
  return hours;
}

TEST(SpokenHours, DaysThatAreAlikeAreSaidOnce) {
  EXPECT_EQ(speak_hours(week({0, 1, 2, 3, 6}), "en"),
            "Mon–Thu 09:00–17:00, Sun 09:00–17:00 (Asia/Amman)");
  EXPECT_EQ(speak_hours(week({5}), "ar"), "السبت 09:00–17:00 (Asia/Amman)");
}

TEST(SpokenHours, OfAWeekThatIsClosedNothingIsSaid) { EXPECT_EQ(speak_hours(week({}), "en"), ""); }

}  // namespace
}  // namespace parlor::chat
