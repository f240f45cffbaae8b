#include "chat/utf8.h"

#include <gtest/gtest.h>

namespace parlor::chat {
namespace {

TEST(Utf8, CharactersAreCodePoints) {
  EXPECT_EQ(count_characters(""), 0u);
  EXPECT_EQ(count_characters("abc"), 3u);
  EXPECT_EQ(count_characters("\u0645\u0631\u062d\u0628\u0627"), 5u);
  EXPECT_EQ(count_characters("\U0001F600"), 1u);
  EXPECT_EQ(count_characters(std::string_view("a\0b", 3)), 3u);
}

TEST(Utf8, WhatIsNotUtf8HasNoLength) {
  for (const char* text :
       {"\x80", "\xC3", "\xC0\xAF", "\xC1\xBF", "\xE2\x82", "\xE0\x9F\xBF", "\xED\xA0\x80",
        "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "ok\xE2\x28\xA1"}) {
    EXPECT_FALSE(count_characters(text)) << ::testing::PrintToString(text);
  }
}

TEST(Utf8, CutsFallBetweenCharacters) {
  const std::string_view text = "a\u00e9\U0001F600z";  // 1 + 2 + 4 + 1 bytes
  EXPECT_EQ(first_characters(text, 0), "");
  EXPECT_EQ(first_characters(text, 2), "a\u00e9");
  EXPECT_EQ(first_characters(text, 3), "a\u00e9\U0001F600");
  EXPECT_EQ(first_characters(text, 9), text);
  EXPECT_EQ(first_bytes(text, 2), "a");
  EXPECT_EQ(first_bytes(text, 3), "a\u00e9");
  EXPECT_EQ(first_bytes(text, 6), "a\u00e9");
  EXPECT_EQ(first_bytes(text, 7), "a\u00e9\U0001F600");
  EXPECT_EQ(first_bytes(text, 99), text);
}

TEST(Utf8, TrimsAndLowersAsciiOnly) {
  EXPECT_EQ(trimmed(" \t a b \r\n"), "a b");
  EXPECT_EQ(trimmed(" \n "), "");
  EXPECT_EQ(lower_case("AZ-\u00c9"), "az-\u00c9");
}

}  // namespace
}  // namespace parlor::chat
