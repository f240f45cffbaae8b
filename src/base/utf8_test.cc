#include "base/utf8.h"

#include <gtest/gtest.h>

#include <string>

namespace parlor {
namespace {

using namespace std::string_view_literals;

TEST(Utf8, TextOfEveryLengthOfCharacterIsValid) {
  for (const auto text :
       {""sv, "plain, longer than eight bytes"sv, "\0"sv, "é مرحبا 你好 👍"sv, "\xC2\x80"sv,
        "\xDF\xBF"sv, "\xE0\xA0\x80"sv, "\xED\x9F\xBF"sv, "\xEE\x80\x80"sv, "\xEF\xBF\xBF"sv,
        "\xF0\x90\x80\x80"sv, "\xF4\x8F\xBF\xBF"sv})
    EXPECT_TRUE(is_utf8(text)) << text;
}

TEST(Utf8, OverlongFormsSurrogatesAndWhatLiesBeyondAreNot) {
  for (const auto text : {"\x80"sv, "\xC0\x80"sv, "\xC1\xBF"sv, "\xE0\x9F\xBF"sv, "\xED\xA0\x80"sv,
                          "\xED\xBF\xBF"sv, "\xF0\x8F\xBF\xBF"sv, "\xF4\x90\x80\x80"sv,
                          "\xF5\x80\x80\x80"sv, "\xFF"sv, "eight bytes\xFE"sv})
    EXPECT_FALSE(is_utf8(text));
}

TEST(Utf8, ACharacterThatIsCutIsNot) {
  for (const auto text : {"\xC3"sv, "\xE2\x82"sv, "\xF0\x9F\x91"sv, "a\xC3z"sv, "\xE2\x82z"sv})
    EXPECT_FALSE(is_utf8(text));
}

TEST(Utf8, TextMayComeInPiecesCutAnywhere) {
  const std::string text = "é مرحبا 👍 end";
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    Utf8Validator validator;
    EXPECT_TRUE(validator.feed(std::string_view(text).substr(0, cut)));
    EXPECT_TRUE(validator.feed(std::string_view(text).substr(cut)));
    EXPECT_TRUE(validator.is_complete());
  }
}

}  // namespace
}  // namespace parlor
