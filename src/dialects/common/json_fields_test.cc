#include "dialects/common/json_fields.h"

#include <gtest/gtest.h>

namespace parlor::dialects {
namespace {

std::string nested(std::size_t depth) {
  // An object counts as one level, each array in it as another.
  std::string text = "{\"a\":";
  for (std::size_t i = 1; i < depth; ++i) text += "[";
  for (std::size_t i = 1; i < depth; ++i) text += "]";
  return text + (depth == 1 ? "1}" : "}");
}

TEST(ParseJsonObject, TakesAnObjectAndNothingElse) {
  EXPECT_TRUE(parse_json_object(R"({"a":1})"));
  for (const auto* text :
       {"", "[]", "1", "null", "\"a\"", "{", "{\"a\":}", "{\"a\":1}}", "{\"a\":1} x"}) {
    const auto object = parse_json_object(text);
    ASSERT_FALSE(object) << text;
    EXPECT_EQ(object.error().code, ErrorCode::invalid);
  }
}

TEST(ParseJsonObject, RefusesDeepNestingAndSaysSo) {
  EXPECT_TRUE(parse_json_object(nested(kMaxJsonDepth)));
  const auto deep = parse_json_object(nested(kMaxJsonDepth + 1));
  ASSERT_FALSE(deep);
  EXPECT_NE(deep.error().message.find("nested"), std::string::npos);
  EXPECT_FALSE(parse_json_object(nested(200'000)));
}

TEST(ParseJsonObject, RefusesInvalidUtf8AndLoneSurrogates) {
  EXPECT_FALSE(parse_json_object("{\"a\":\"\xff\"}"));
  EXPECT_FALSE(parse_json_object("{\"a\":\"\xc3\"}"));
  EXPECT_FALSE(parse_json_object(R"({"a":"\ud800"})"));
}

class Fields : public ::testing::Test {
 protected:
  JsonFields read(const char* text) {
    object_ = *parse_json_object(text);
    return JsonFields(object_, "message");
  }
  boost::json::object object_;
};

TEST_F(Fields, AMissingRequiredFieldIsNamedWithItsPath) {
  auto fields = read("{}");
  EXPECT_EQ(fields.required_string("type"), "");
  EXPECT_EQ(fields.complaint(), "message.type is required");
}

TEST_F(Fields, NullIsAbsent) {
  auto fields = read(R"({"type":null,"n":null})");
  EXPECT_FALSE(fields.optional_string("type"));
  EXPECT_FALSE(fields.optional_integer("n"));
  EXPECT_FALSE(fields.complaint());
}

TEST_F(Fields, AWrongTypeIsNamedAndTheFirstComplaintIsKept) {
  auto fields = read(R"({"a":1,"b":"x","c":[1],"d":{},"e":1.5,"f":true})");
  EXPECT_FALSE(fields.optional_string("a"));
  EXPECT_EQ(fields.complaint(), "message.a must be a string");
  EXPECT_FALSE(fields.optional_integer("b"));
  EXPECT_FALSE(fields.optional_strings("c"));
  EXPECT_FALSE(fields.optional_array("d"));
  EXPECT_FALSE(fields.optional_integer("e"));
  EXPECT_EQ(fields.optional_bool("f"), true);
  EXPECT_EQ(fields.complaint(), "message.a must be a string");
}

TEST_F(Fields, WholeNumbersWrittenAsFractionsAreIntegers) {
  auto fields = read(R"({"a":3.0,"b":1e3,"c":1e300})");
  EXPECT_EQ(fields.optional_integer("a"), 3);
  EXPECT_EQ(fields.optional_integer("b"), 1000);
  EXPECT_FALSE(fields.optional_integer("c"));
}

}  // namespace
}  // namespace parlor::dialects
