#include "bot/labelled.h"

#include <gmock/gmock.h>

namespace parlor::bot {
namespace {

using testing::ElementsAre;

std::string complaint(std::string_view content) {
  const auto read = read_labelled(content);
  return read ? "" : read.error().message;
}

TEST(LabelledTexts, AreReadFromCsvWithColumnsInEitherOrder) {
  const LabelledText hello{"hello, \"you\"\r\nthere", "GREETING"};
  EXPECT_THAT(*read_labelled("text,label\r\n\"hello, \"\"you\"\"\r\nthere\",GREETING\r\n"),
              ElementsAre(hello));
  EXPECT_THAT(*read_labelled("\xEF\xBB\xBFlabel,text\nGREETING,\"hello, \"\"you\"\"\r\nthere\""),
              ElementsAre(hello));
  EXPECT_THAT(*read_labelled("text,category\na,B\n\n"), ElementsAre(LabelledText{"a", "B"}));
}

TEST(LabelledTexts, AQuoteThatWasNotDoubledIsText) {
  EXPECT_THAT(*read_labelled("label,text\n\"B\",\"is \"pending\" now\"\n\"C\",\"d\"\n"),
              ElementsAre(LabelledText{"is \"pending\" now\"", "B"}, LabelledText{"d", "C"}));
}

TEST(LabelledTexts, AreReadFromJson) {
  EXPECT_THAT(*read_labelled(" [{\"text\":\"a\",\"label\":\"B\"}]"),
              ElementsAre(LabelledText{"a", "B"}));
  EXPECT_EQ(complaint("[\n{\"text\":\"a\"}]"),
            R"(line 2: must be an object {"text": "…", "label": "…"})");
}

TEST(LabelledTexts, OutOfScopeOnesNeedNoLabel) {
  EXPECT_THAT(*read_labelled("text\nwhat is love\n", false),
              ElementsAre(LabelledText{"what is love", ""}));
}

TEST(LabelledTexts, AFaultIsToldWithItsLine) {
  EXPECT_EQ(complaint(""), "line 1: the file is empty");
  EXPECT_EQ(complaint("a,b\n1,2\n"), "line 1: the first line must name the columns: text,label");
  EXPECT_EQ(complaint("text,label\na,B\nc\n"), "line 3: has 1 fields, the header 2");
  EXPECT_EQ(complaint("text,label\n\"a,B\n"), "line 2: a quote is never closed");
  EXPECT_EQ(complaint("text,label\n"), "the file holds no sentence");
}

}  // namespace
}  // namespace parlor::bot
