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

TEST(AttachmentEncoding, LinksAndUploadsReadBack) {
  chat::Attachment upload{"", "image/png", "a:1 صورة.png", 123, std::nullopt};
  upload.upload = {std::string(32, 'a'), "https://chat.example.com:8443", 640, 480, true};
  const std::vector<chat::Attachment> attachments = {
      {"https://x.example/upload:1", "", "", 0, std::nullopt}, upload};
  EXPECT_EQ(decode_attachments(encode_attachments(attachments)), attachments);
  // As versions before uploads wrote it.
  EXPECT_EQ(encode_attachments({{"https://x", "t", "n", 7, std::nullopt}}), "9:https://x1:t1:n1:7");
  EXPECT_THROW(decode_attachments("7:upload:1:b1:c1:1"), std::runtime_error);
}

}  // namespace
}  // namespace parlor::store::sql
