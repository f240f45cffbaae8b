#include "chat/fields.h"

#include <gtest/gtest.h>

namespace parlor::chat {
namespace {

TEST(Fields, LinesAreTrimmedAndBounded) {
  EXPECT_EQ(check_line("name", "  Ann Lee ", 10), "Ann Lee");
  EXPECT_EQ(check_line("name", "", 10), "");
  EXPECT_EQ(check_line("name", "\u0645\u0645", 2), "\u0645\u0645");
  EXPECT_EQ(check_line("name", "abc", 2).error().message, "name must have at most 2 characters");
  EXPECT_EQ(check_line("name", "a\nb", 9).error().message,
            "name must be one line without control characters");
  EXPECT_EQ(check_line("name", "\xFF", 9).error().message, "name must be valid UTF-8");
  EXPECT_EQ(check_required_line("name", "  ", 9).error().message, "name is required");
}

TEST(Fields, EmailsAreLowerCased) {
  EXPECT_EQ(check_email("email", " Ann@Example.COM "), "ann@example.com");
  for (const char* text : {"", "ann", "@example.com", "ann@", "an n@example.com", "a@b\nc"}) {
    EXPECT_EQ(check_email("email", text).error().code, ErrorCode::invalid) << text;
  }
  EXPECT_FALSE(check_email("email", std::string(250, 'a') + "@b.co"));
}

}  // namespace
}  // namespace parlor::chat
