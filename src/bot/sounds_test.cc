// One word, however it is spelled.
#include "bot/sounds.h"

#include <gtest/gtest.h>

#include "bot/ngrams.h"

namespace parlor::bot {
namespace {

std::string sound(const char* text) { return sound_of(words_of(text).front()); }

TEST(Sounds, AWordSoundsTheSameInArabicAndInLatinLetters) {
  EXPECT_EQ(sound("مشكلة"), "mckl");
  EXPECT_EQ(sound("moshkela"), "mckl");
  EXPECT_EQ(sound("mochkla"), "mckl");
  EXPECT_EQ(sound("خلاص"), sound("5alas"));
  EXPECT_EQ(sound("خلاص"), sound("khalaas"));
  EXPECT_EQ(sound("حسابي"), sound("7esabi"));
  EXPECT_EQ(sound("ضبطت"), sound("dabatet"));
  EXPECT_EQ(sound("قفلتوه"), sound("9afaltou"));
}

TEST(Sounds, TheArticleAndTheFinalVowelDoNotCount) {
  EXPECT_EQ(sound("المشكلة"), sound("مشكله"));
  EXPECT_EQ(sound("الو"), "l") << "too short for an article";
}

TEST(Sounds, DifferentRootsSoundDifferent) {
  EXPECT_NE(sound("شكرا"), sound("سكر"));
  EXPECT_NE(sound("shokran"), sound("sokkar"));
}

TEST(Sounds, NumbersVowelsAndOtherScriptsHaveNone) {
  for (const auto* text : {"500", "2", "aywa", "اي", "привет", "你好"})
    EXPECT_EQ(sound(text), "") << text;
}

}  // namespace
}  // namespace parlor::bot
