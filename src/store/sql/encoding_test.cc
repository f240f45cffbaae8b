#include "store/sql/encoding.h"

#include <gtest/gtest.h>

namespace parlor::store::sql {
namespace {

TEST(ListEncoding, AnyBytesReadBack) {
  const std::vector<std::string> items = {"ab", "", "x:y", std::string("\0,\n\"", 4), "12:3"};
  EXPECT_EQ(decode_list(encode_list(items)), items);
  EXPECT_EQ(encode_list({"ab", "", "x:y"}), "2:ab0:3:x:y");
  EXPECT_TRUE(decode_list("").empty());
}

TEST(ListEncoding, DamagedTextIsAFaultAndNeverReadPastItsEnd) {
  for (const char* text : {"2", "2:", "2:a", ":a", "x:a", "-1:a", "99999999999999999999999:a",
                           "18446744073709551615:a", "1:ab"})
    EXPECT_THROW(decode_list(text), std::runtime_error) << text;
  EXPECT_THROW(decode_attachments("1:a"), std::runtime_error);
  EXPECT_THROW(decode_attachments("1:a1:b1:c1:d"), std::runtime_error);
  EXPECT_THROW(decode_assignees("1:1"), std::runtime_error);
  EXPECT_THROW(decode_preview("1:1"), std::runtime_error);
}

}  // namespace
}  // namespace parlor::store::sql
