#include "blobs/content_type.h"

#include <gtest/gtest.h>

#include "support/temporary_directory.h"

namespace parlor::blobs {
namespace {

struct Case {
  const char* what;
  std::string content;
  const char* type;
};

TEST(ContentType, IsToldByTheContentAndNotByTheName) {
  const TemporaryDirectory directory;
  const auto path = directory.path() + "/photo.png";
  const std::string zeros(64, '\0');
  const Case cases[] = {
      {"html", "<!DOCTYPE html><html><script>alert(1)</script></html>", "text/html"},
      {"svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
       "image/svg+xml"},
      {"xml", "<?xml version=\"1.0\"?><a/>", "text/xml"},
      {"png", "\x89PNG\r\n\x1a\n" + std::string("\0\0\0\rIHDR", 8) + zeros, "image/png"},
      {"jpeg", "\xFF\xD8\xFF\xE0" + std::string("\0\x10JFIF\0\1\1", 9) + zeros, "image/jpeg"},
      {"gif", "GIF89a" + zeros, "image/gif"},
      {"pdf", "%PDF-1.4\n%\xE2\xE3\n", "application/pdf"},
      {"zip", "PK\3\4" + zeros, "application/zip"},
      {"mp3", "\xFF\xFB\x90\x64" + std::string(200, '0'), "audio/mpeg"},
      {"text", "just words\n", "text/plain"},
      {"shell", "#!/bin/sh\nrm -rf /\n", "text/x-shellscript"},
      {"nothing known", "\x01\x02\x03\xF5\xF6\xFE" + std::string("\0\x9c\x91", 3),
       "application/octet-stream"},
      {"empty", "", "application/octet-stream"},
  };
  for (const auto& [what, content, type] : cases) {
    write_file(path, content);
    EXPECT_EQ(content_type_of_file(path), type) << what;
  }
  EXPECT_EQ(content_type_of_file(directory.path() + "/missing"), "application/octet-stream");
}

}  // namespace
}  // namespace parlor::blobs
