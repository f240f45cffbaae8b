#include "dialects/common/attachment_download.h"

#include <gtest/gtest.h>

namespace parlor::dialects {
namespace {

TEST(Presentation, PicturesSoundsAndDocumentsAreShownAsTheyAre) {
  for (const auto* type : {"image/png", "image/jpeg", "image/webp", "image/gif", "audio/mpeg",
                           "video/mp4", "audio/x-m4a", "application/pdf"}) {
    EXPECT_TRUE(presentation_of(type).is_inline) << type;
    EXPECT_EQ(presentation_of(type).type, type);
  }
}

TEST(Presentation, WhatABrowserWouldRunIsNeitherShownNorCalledByItsName) {
  for (const auto* type :
       {"text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "application/xml",
        "application/javascript", "text/javascript", "text/css", "application/x-msdownload",
        "application/x-dosexec", "text/x-shellscript", "message/rfc822", "application/zip",
        "application/octet-stream", "text/plain", "multipart/related", "", "IMAGE/PNG"}) {
    EXPECT_FALSE(presentation_of(type).is_inline) << type;
    EXPECT_EQ(presentation_of(type).type, "application/octet-stream") << type;
  }
}

TEST(ContentDisposition, NamesAreQuotedAndSpelledForEveryBrowser) {
  EXPECT_EQ(content_disposition(true, "a b.png"), "inline; filename=\"a b.png\"");
  EXPECT_EQ(content_disposition(false, "صور.png"),
            "attachment; filename=\"___.png\"; filename*=UTF-8''%D8%B5%D9%88%D8%B1.png");
  EXPECT_EQ(content_disposition(false, "🎉.txt"),
            "attachment; filename=\"_.txt\"; filename*=UTF-8''%F0%9F%8E%89.txt");
  EXPECT_EQ(content_disposition(false, "a\"; x=\"b%41\\.html"),
            "attachment; filename=\"a_; x=_b_41_.html\"; "
            "filename*=UTF-8''a%22%3B%20x%3D%22b%2541%5C.html");
  EXPECT_EQ(content_disposition(false, "a\r\nSet-Cookie: b"),
            "attachment; filename=\"a__Set-Cookie: b\"; "
            "filename*=UTF-8''a%0D%0ASet-Cookie%3A%20b");
}

}  // namespace
}  // namespace parlor::dialects
