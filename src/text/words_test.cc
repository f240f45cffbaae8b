#include "text/words.h"

#include <gmock/gmock.h>

namespace parlor::text {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

bool finds(std::string_view query, std::string_view text) {
  return matches(search_words(text), query_words(query));
}

TEST(SearchWords, AreDistinctAndSorted) {
  EXPECT_THAT(search_words("The refund, the REFUND!"), ElementsAre("refund", "the"));
  EXPECT_THAT(search_words("  ...  "), IsEmpty());
}

TEST(QueryWords, HostileSyntaxOnlySeparatesWords) {
  EXPECT_THAT(query_words("\"refund\" NEAR(a* ^b) -col:x"),
              ElementsAre("refund", "near", "a", "b", "col", "x"));
  EXPECT_THAT(query_words("\"*^():-"), IsEmpty());
}

TEST(QueryWords, AreBounded) {
  std::string many;
  for (int i = 0; i < 1000; ++i) many += std::to_string(i) + " ";
  EXPECT_EQ(query_words(many).size(), kMaxQueryWords);
  EXPECT_LE(query_words(std::string(100'000, 'x') + "1").front().size(), kMaxWordBytes);
}

TEST(Matches, EveryWordMustOccurAndTheLastMayBeABeginning) {
  EXPECT_TRUE(finds("password reset", "Please RESET my password"));
  EXPECT_TRUE(finds("my pass", "reset my password"));
  EXPECT_FALSE(finds("pass my", "reset my password"));
  EXPECT_FALSE(finds("refund my", "reset my password"));
  EXPECT_FALSE(finds("", "reset"));
  EXPECT_FALSE(finds("***", "reset"));
}

TEST(Matches, ArabicIsFoundWhateverItsSpelling) {
  EXPECT_TRUE(finds("احمد", "كتب أحمد رسالة"));
  EXPECT_TRUE(finds("رسالة", "رساله"));
  EXPECT_TRUE(finds("١٢٣", "order 123"));
}

TEST(Matches, LatinAccentsDoNotMatter) {
  EXPECT_TRUE(finds("resume", "Mon Résumé"));
  EXPECT_TRUE(finds("Café", "cafe\u0301"));
}

TEST(Matches, AnIdeographIsAWord) { EXPECT_TRUE(finds("款", "我要退款")); }

TEST(Words, PlainTextMatchesAsItsWordsDo) {
  const std::vector<std::string> texts = {"",
                                          "Hello, World! It's 12:30",
                                          "sooooo coool AAAA aaAA 1111 a1111a",
                                          std::string(300, 'b') + " c",
                                          std::string(95, 'x') + "yz",
                                          "tabs\tand\nlines_under-score",
                                          "email me@shop.example now",
                                          std::string("nul\0byte", 8),
                                          "naïve café"};
  const std::vector<std::string> queries = {"hello",
                                            "wor",
                                            "it s",
                                            "12 30",
                                            "soo",
                                            "co cool",
                                            "aa",
                                            "1111",
                                            "a11",
                                            "b",
                                            "c",
                                            "under score",
                                            "me shop",
                                            "shop ex",
                                            "nul",
                                            "byte",
                                            "cafe",
                                            "nai",
                                            std::string(95, 'x') + "y",
                                            "zzz"};
  for (const auto& text : texts) {
    for (const auto& query : queries) {
      const auto words = query_words(query);
      EXPECT_EQ(text_matches(text, words), matches(search_words(text), words))
          << text << " / " << query;
    }
  }
  EXPECT_FALSE(text_matches("anything", {}));
}

}  // namespace
}  // namespace parlor::text
