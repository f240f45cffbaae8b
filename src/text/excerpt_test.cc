#include "text/excerpt.h"

#include <gmock/gmock.h>

#include "text/words.h"

namespace parlor::text {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

ExcerptPiece plain(std::string text) { return {std::move(text), false}; }
ExcerptPiece match(std::string text) { return {std::move(text), true}; }

std::vector<ExcerptPiece> excerpt_for(std::string_view query, std::string_view text) {
  return excerpt(text, query_words(query));
}

TEST(Excerpt, MarksEveryWordThatMatchesAndKeepsTheSpelling) {
  EXPECT_THAT(excerpt_for("crack dome", "The DOME has a crack, domes do."),
              ElementsAre(plain("The "), match("DOME"), plain(" has a "), match("crack"),
                          plain(", "), match("domes"), plain(" do.")));
}

TEST(Excerpt, OnlyTheLastWordMayBeABeginning) {
  EXPECT_THAT(excerpt_for("pass res", "passwords reset pass"),
              ElementsAre(plain("passwords "), match("reset"), plain(" "), match("pass")));
}

TEST(Excerpt, BeginsShortlyBeforeTheMatch) {
  EXPECT_THAT(excerpt_for("refund", "I wrote to you twice last week about the refund of my lamp"),
              ElementsAre(plain("…last week about the "), match("refund"), plain(" of my lamp")));
}

TEST(Excerpt, IsCutBetweenCharacters) {
  const auto pieces = excerpt_for("كلمة", "كلمة " + std::string(1000, 'x'));
  ASSERT_EQ(pieces.size(), 2U);
  EXPECT_EQ(pieces[0], match("كلمة"));
  EXPECT_EQ(pieces[1].text, " " + std::string(kExcerptCharacters - 5, 'x') + "…");
  std::string emoji;
  for (int i = 0; i < 300; ++i) emoji += "😀";
  std::string shown;
  for (std::size_t i = 0; i < kExcerptCharacters; ++i) shown += "😀";
  EXPECT_THAT(excerpt_for("x", emoji), ElementsAre(plain(shown + "…")));
}

TEST(Excerpt, ArabicIsMarkedWhateverItsSpelling) {
  EXPECT_THAT(excerpt_for("احمد", "كتب أَحْمَد رسالة"),
              ElementsAre(plain("كتب "), match("أَحْمَد"), plain(" رسالة")));
}

TEST(Excerpt, WhatReadersDoNotSeeSplitsNoWord) {
  EXPECT_THAT(excerpt_for("refund", "a re\u200Bfund"),
              ElementsAre(plain("a "), match("re\u200Bfund")));
}

TEST(Excerpt, AnIdeographIsAWord) {
  EXPECT_THAT(excerpt_for("款", "我要退款"), ElementsAre(plain("我要退"), match("款")));
}

TEST(Excerpt, ATextWithoutTheWordsGivesItsBeginning) {
  EXPECT_THAT(excerpt_for("refund", "Hello there"), ElementsAre(plain("Hello there")));
  EXPECT_THAT(excerpt_for("", "Hello there"), ElementsAre(plain("Hello there")));
  EXPECT_THAT(excerpt_for("refund", ""), IsEmpty());
}

TEST(Excerpt, TakesAnyBytes) {
  EXPECT_THAT(excerpt_for("x", "\xFF\xC3 x"), ElementsAre(plain("\xFF\xC3 "), match("x")));
}

}  // namespace
}  // namespace parlor::text
