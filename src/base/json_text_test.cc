#include "base/json_text.h"

#include <gtest/gtest.h>

namespace parlor {
namespace {

JsonObjectText object(std::string_view text) { return JsonObjectText::parse(text).value(); }

TEST(JsonText, IsKeptInItsCompactSpelling) {
  EXPECT_EQ(compact_json(" { \"a\" : [ 1, null ] } ").value(), R"({"a":[1,null]})");
  EXPECT_EQ(compact_json("\"x\"").value(), "\"x\"");
  EXPECT_EQ(quoted_json("a\"b\n"), R"("a\"b\n")");
}

TEST(JsonText, HasOneCanonicalSpellingForOneValue) {
  const auto spelling = canonical_json(R"({"b":[{"y":1,"x":2.0}],"a":-0.5})");
  EXPECT_EQ(spelling, canonical_json(R"({ "a": -5e-1, "b": [ {"x": 2, "y": 1.0} ] })"));
  EXPECT_EQ(spelling, R"({"a":-5E-1,"b":[{"x":2,"y":1}]})");
  EXPECT_NE(spelling, canonical_json(R"({"a":-0.5,"b":[{"x":1,"y":2}]})"));
  EXPECT_NE(canonical_json("[1,2]"), canonical_json("[2,1]"));
  EXPECT_NE(canonical_json("1"), canonical_json("\"1\""));
}

TEST(JsonText, RefusesWhatIsNone) {
  for (const std::string text : {"", "{", "{}x", "{\"a\":}", "nul", "\"\xff\"", "[1,]"}) {
    EXPECT_EQ(compact_json(text).error().code, ErrorCode::invalid) << text;
  }
  EXPECT_FALSE(compact_json(std::string(40, '[') + std::string(40, ']')));
  EXPECT_FALSE(JsonObjectText::parse("[]"));
}

TEST(JsonObjectText, MergesShallowlyAndNullRemoves) {
  const auto before = object(R"({"a":1,"b":{"x":1},"c":"d"})");
  const auto after = before.merged(object(R"({"b":{"y":2},"c":null,"e":true})"));
  EXPECT_EQ(after.text(), R"({"a":1,"b":{"y":2},"e":true})");
  EXPECT_EQ(before.merged(object("{}")), before);
  EXPECT_EQ(object("{}").merged(object(R"({"gone":null})")).text(), "{}");
}

TEST(JsonObjectText, AnswersForSingleFields) {
  const auto values = object(R"({"text":"t","number":7,"half":0.5,"nothing":null,"list":[]})");
  EXPECT_EQ(values.scalar("text"), "t");
  EXPECT_EQ(values.scalar("number"), "7");
  for (const auto* name : {"half", "nothing", "list", "missing"}) EXPECT_FALSE(values.scalar(name));
  EXPECT_TRUE(values.has("nothing"));
  EXPECT_TRUE(values.is_null("nothing"));
  EXPECT_FALSE(values.is_null("missing"));
  EXPECT_EQ(values.only({"text", "missing"}).text(), R"({"text":"t"})");
  EXPECT_EQ(object(R"({"a":1})").with("b", "c\"").text(), R"({"a":1,"b":"c\""})");
  EXPECT_EQ(object(R"({"a":1,"b":2})").without({"a", "z"}).text(), R"({"b":2})");
}

}  // namespace
}  // namespace parlor
