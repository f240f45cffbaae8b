#include "bot/ngrams.h"

#include <gmock/gmock.h>

namespace parlor::bot {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Words, AreBroughtTogetherAndKeepTheirOrder) {
  EXPECT_THAT(words_of("I can't LOG-IN!"), ElementsAre("i", "cant", "log", "in"));
  EXPECT_THAT(words_of("can’t"), ElementsAre("cant"));
  EXPECT_THAT(words_of("مش عارف، أدخل؟"), ElementsAre("مش", "عارف", "ادخل", "?"));
  EXPECT_THAT(words_of("٣ 👍"), ElementsAre("3", "👍"));
  EXPECT_THAT(words_of(" …!«» "), IsEmpty());
}

TEST(Words, OnlyTheFirstCharactersAreRead) {
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "كلمة ";
  EXPECT_EQ(words_of(many).size(), kMaxReadCharacters / 5);
  EXPECT_LE(words_of(std::string(1'000'000, 'x') + "y").front().size(), kMaxWordCharacters);
  EXPECT_LE(words_of(std::string(1'000'000, '\x80')).size(), 10'000U);
}

TEST(Words, AnyBytesAreAccepted) {
  for (const std::string& text : {std::string("\xd9"), std::string("a\0b", 3),
                                  std::string("\xf0\x9f\x91"), std::string("\xff\xfe?")}) {
    EXPECT_NO_THROW(ngrams_of(words_of(text)));
  }
}

TEST(PhraseKey, IgnoresWhatSeparatesWords) {
  EXPECT_EQ(phrase_key(words_of("Are you   a bot?")), "are you a bot");
  EXPECT_EQ(tight_key("log in"), "login");
}

TEST(Ngrams, AWordCountsMoreThanItsPieces) {
  // "ab" with its edges has pieces of 2 (3), 3 (2) and 4 (1) characters, and is a word.
  const auto ngrams = ngrams_of({"ab"});
  EXPECT_EQ(ngrams.size(), 7U);
  EXPECT_EQ(ngrams[0].weight, 2);
  EXPECT_EQ(ngrams[1].weight, 1);
}

TEST(Ngrams, WhatOccursTwiceStandsOnceAndCountsMore) {
  const auto once = ngrams_of({"ab"});
  const auto twice = ngrams_of({"ab", "ab"});
  EXPECT_EQ(twice.size(), once.size() + 2);  // the pair, and that of its sounds
  const auto same = std::find_if(twice.begin(), twice.end(), [&](const Ngram& ngram) {
    return ngram.hash == once.front().hash;
  });
  ASSERT_NE(same, twice.end());
  EXPECT_GT(same->weight, once.front().weight);
}

}  // namespace
}  // namespace parlor::bot
