#include "chat/message_draft.h"

#include <gtest/gtest.h>

namespace parlor::chat {
namespace {

MessageDraft draft(MessageType type, std::string content,
                   std::vector<Attachment> attachments = {}) {
  return MessageDraft{type, std::move(content), std::move(attachments), ""};
}

Attachment at(std::string url) { return {std::move(url), "image/png", "", 1}; }

std::string characters(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += "\u0645";
  return text;
}

TEST(MessageDraft, IsCheckedByType) {
  const Attachment picture = at("https://cdn.example.com/a.png");
  struct Case {
    const char* what;
    MessageDraft draft;
    std::optional<ErrorCode> error;
  };
  const Case cases[] = {
      {"text", draft(MessageType::text, "hello"), std::nullopt},
      {"note", draft(MessageType::note, "hello"), std::nullopt},
      {"empty text", draft(MessageType::text, ""), ErrorCode::invalid},
      {"blank note", draft(MessageType::note, " \n "), ErrorCode::invalid},
      {"text with a file but no words", draft(MessageType::text, "", {picture}),
       ErrorCode::invalid},
      {"image without words", draft(MessageType::image, "", {picture}), std::nullopt},
      {"file with words alone", draft(MessageType::file, "see above"), std::nullopt},
      {"image with nothing", draft(MessageType::image, ""), ErrorCode::invalid},
      {"broken UTF-8", draft(MessageType::text, "a\xC3"), ErrorCode::invalid},
      {"the longest", draft(MessageType::text, characters(kMaxContentCharacters)), std::nullopt},
      {"one more", draft(MessageType::text, characters(kMaxContentCharacters + 1)),
       ErrorCode::too_large},
      {"15 attachments",
       draft(MessageType::image, "", std::vector<Attachment>(kMaxAttachments, picture)),
       std::nullopt},
      {"16 attachments",
       draft(MessageType::image, "", std::vector<Attachment>(kMaxAttachments + 1, picture)),
       ErrorCode::invalid},
  };
  for (const Case& c : cases) {
    const auto checked = check_draft(c.draft);
    EXPECT_EQ(checked ? std::nullopt : std::optional(checked.error().code), c.error) << c.what;
  }
}

TEST(MessageDraft, AttachmentsAreUrlsThatNoBrowserRuns) {
  for (const char* url : {"https://a.example/x", "HTTP://a.example/x", "/files/1"}) {
    EXPECT_TRUE(check_draft(draft(MessageType::file, "", {at(url)}))) << url;
  }
  for (const char* url : {"", "javascript:alert(1)", "data:text/html,x", "//evil.example/x",
                          "ftp://a.example", " https://a.example", "https://a\nb", "x"}) {
    EXPECT_FALSE(check_draft(draft(MessageType::file, "", {at(url)}))) << url;
  }
  EXPECT_FALSE(check_draft(draft(MessageType::file, "", {at("/" + std::string(3000, 'x'))})));
  Attachment negative = at("/files/1");
  negative.size = -1;
  EXPECT_FALSE(check_draft(draft(MessageType::file, "", {negative})));
}

TEST(MessageDraft, DigestsDifferWhereDraftsDo) {
  const auto base = draft(MessageType::file, "ab", {at("/1")});
  EXPECT_EQ(digest_of(base), digest_of(base));
  EXPECT_NE(digest_of(base), digest_of(draft(MessageType::image, "ab", {at("/1")})));
  EXPECT_NE(digest_of(base), digest_of(draft(MessageType::file, "a", {at("/1")})));
  EXPECT_NE(digest_of(base), digest_of(draft(MessageType::file, "ab", {at("/2")})));
  EXPECT_NE(digest_of(base), digest_of(draft(MessageType::file, "ab")));
}

}  // namespace
}  // namespace parlor::chat
