#include "bot/faq.h"

#include <gtest/gtest.h>

#include "bot/bot.h"

namespace parlor::bot {
namespace {

TEST(Questions, TheBuiltInOnesAreInBothLanguages) {
  std::size_t english = 0;
  for (const auto& question : builtin_questions())
    english += question.language == Language::english;
  EXPECT_GE(english, 20U);
  EXPECT_EQ(builtin_questions().size(), 2 * english);
}

TEST(Questions, AreFoundByOtherWordsOfTheSame) {
  const QuestionIndex index(builtin_questions());
  const auto question = [&](std::string_view text, Language language) {
    const auto matches = index.find(text);
    const auto& found = language == Language::arabic ? matches.arabic : matches.english;
    return found ? index.all()[found->index].question : "";
  };
  EXPECT_EQ(question("how can i get my certificate", Language::english),
            "How do I get my certificate?");
  EXPECT_EQ(question("اريد استرداد المبلغ", Language::arabic), "كيف أطلب استرداد المبلغ؟");
  EXPECT_EQ(question("zzz qqq", Language::english), "");
  EXPECT_EQ(question("", Language::english), "");
}

TEST(Questions, OfTwoAlikeTheHigherPriorityIsFound) {
  const Question low{"Where is the exam?", "Here.", Language::english, 1, {}};
  Question high = low;
  high.priority = 2;
  EXPECT_EQ(QuestionIndex({low, high}).find("where is the exam").english->index, 1U);
  EXPECT_EQ(QuestionIndex({high, low}).find("where is the exam").english->index, 0U);
  EXPECT_FALSE(QuestionIndex({low}).find("where is the exam").arabic);
  EXPECT_FALSE(QuestionIndex({}).find("where is the exam").english);
}

TEST(Questions, AFaultOfTheFileIsToldWithItsLine) {
  const auto complaint = [](std::string_view json) {
    const auto read = read_questions(json);
    return read ? "" : read.error().message;
  };
  EXPECT_EQ(complaint("{}"), "line 1: must be an array of questions");
  EXPECT_EQ(complaint("[\n{\"question\":\"a\"}]"), "line 2: \"answer\" must be a text");
  EXPECT_EQ(complaint("[{\"question\":\"a\",\"answer\":\"b\",\"language\":\"fr\"}]"),
            R"(line 1: "language" must be "en" or "ar")");
}

}  // namespace
}  // namespace parlor::bot
