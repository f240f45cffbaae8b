#include "text/normalise.h"

#include <gtest/gtest.h>

namespace parlor::text {
namespace {

TEST(Normalise, FoldsCaseAndCompatibilityForms) {
  EXPECT_EQ(normalise("Hello WORLD"), "hello world");
  EXPECT_EQ(normalise("ＦＵＬＬ Straße ﬁne"), "full strasse fine");
  EXPECT_EQ(normalise("CAFE\u0301"), "caf\u00e9");
}

TEST(Normalise, BringsArabicLetterFormsTogether) {
  EXPECT_EQ(normalise("أإآٱ"), "اا");  // four of one letter are two
  EXPECT_EQ(normalise("أحمد إلى آخر"), "احمد الي اخر");
  EXPECT_EQ(normalise("مدرسة"), "مدرسه");
  EXPECT_EQ(normalise("کتابی"), "كتابي");
}

TEST(Normalise, DropsHarakatAndTatweel) {
  EXPECT_EQ(normalise("مُحَمَّدٌ"), "محمد");
  EXPECT_EQ(normalise("مـــرحـــبا"), "مرحبا");
}

TEST(Normalise, PresentationFormsReadAsTheirLetters) {
  EXPECT_EQ(normalise("\uFEFB"), "لا");  // the ligature lam-alef
}

TEST(Normalise, DigitsOfEveryScriptAreAscii) {
  EXPECT_EQ(normalise("٠١٢٣٤٥٦٧٨٩"), "0123456789");
  EXPECT_EQ(normalise("۴۵۶"), "456");
  EXPECT_EQ(normalise("1000"), "1000");
}

TEST(Normalise, AStretchedLetterIsWrittenTwice) {
  EXPECT_EQ(normalise("soooooo goood"), "soo good");
  EXPECT_EQ(normalise("مرحبااااا"), "مرحباا");
}

TEST(Normalise, EmojiAreDroppedButThumbsStay) {
  EXPECT_EQ(normalise("ok👍"), "ok👍");
  EXPECT_EQ(normalise("no👎"), "no👎");
  EXPECT_EQ(normalise("hi😀there"), "hi there");
}

TEST(Normalise, AcceptsAnyBytes) {
  EXPECT_EQ(normalise(""), "");
  EXPECT_EQ(normalise("a\xff\xfe z"), "a\uFFFD\uFFFD z");
  EXPECT_EQ(normalise("\xd9"), "\uFFFD");
  EXPECT_EQ(normalise(std::string("a\0b", 3)), std::string("a\0b", 3));
}

TEST(Normalise, IsIdempotent) {
  for (const char* text : {"Ｓoooo مُحَمَّد ﬁ 😀 ١٢", "أإآ", "ß ẞ İ"})
    EXPECT_EQ(normalise(normalise(text)), normalise(text)) << text;
}

}  // namespace
}  // namespace parlor::text
