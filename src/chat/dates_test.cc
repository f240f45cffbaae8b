#include "chat/dates.h"

#include <gtest/gtest.h>

namespace parlor::chat {
namespace {

TEST(Dates, ADayIsReadAsItIsSpelled) {
  EXPECT_EQ(parse_date("1970-01-01"), 0);
  EXPECT_EQ(parse_date("2026-11-21"), 20'778);
  EXPECT_EQ(spell_date(20'778), "2026-11-21");
  EXPECT_EQ(parse_date("2024-02-29"), 19'782);
}

TEST(Dates, WhatIsNoDateIsNotRead) {
  for (const auto* text : {"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "26-01-01",
                           "2026/01/01", "2026-01-01 ", "2026-1-001", "-026-01-01"})
    EXPECT_EQ(parse_date(text), std::nullopt) << text;
}

TEST(Dates, ADayBeginsAtMidnight) {
  EXPECT_EQ(day_of({0}), 0);
  EXPECT_EQ(day_of({kDayMs - 1}), 0);
  EXPECT_EQ(day_of({kDayMs}), 1);
  EXPECT_EQ(day_of({-1}), -1);
}

}  // namespace
}  // namespace parlor::chat
