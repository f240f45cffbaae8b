#include "chat/file_name.h"

#include <gtest/gtest.h>

#include "chat/utf8.h"

namespace parlor::chat {
namespace {

TEST(FileName, WhatPeopleCallTheirFilesIsKept) {
  for (const std::string name :
       {"report.pdf", "صورة من المتجر.png", "🎉 party (1).jpeg", "a.b.tar.gz", ".profile", "résumé",
        "图片.webp", "it's 50%.txt", "a\"b.txt", "क्षि\u200d.txt"}) {
    EXPECT_EQ(safe_file_name(name), name);
  }
}

TEST(FileName, NothingOfAPathIsLeft) {
  EXPECT_EQ(safe_file_name("../../x"), "x");
  EXPECT_EQ(safe_file_name("/etc/passwd"), "passwd");
  EXPECT_EQ(safe_file_name("C:\\Users\\me\\photo.jpg"), "photo.jpg");
  EXPECT_EQ(safe_file_name("a/b\\c.txt"), "c.txt");
  for (const auto* nameless : {"", "..", "../..", ".", "x/", "  ", "\n", "\\"}) {
    EXPECT_EQ(safe_file_name(nameless), "file") << nameless;
  }
}

TEST(FileName, ControlAndDirectionCharactersAreLeftOut) {
  EXPECT_EQ(safe_file_name("a\r\nSet-Cookie: b.txt"), "aSet-Cookie: b.txt");
  EXPECT_EQ(safe_file_name("photo\u202Egpj.exe"), "photogpj.exe");
  EXPECT_EQ(safe_file_name("a\u2066b\u2069c\u200F\uFEFF.txt"), "abc.txt");
  EXPECT_EQ(safe_file_name(std::string_view("a\0b", 3)), "ab");
  EXPECT_EQ(safe_file_name("\xFF\xFE"), "file");
}

TEST(FileName, ALongNameIsCutBeforeItsExtension) {
  const auto cut = safe_file_name(std::string(300, 'n') + ".docx");
  EXPECT_EQ(cut, std::string(kMaxFileNameCharacters - 5, 'n') + ".docx");
  std::string arabic;
  for (int i = 0; i < 300; ++i) arabic += "ص";
  EXPECT_EQ(count_characters(safe_file_name(arabic + ".png")), kMaxFileNameCharacters);
  EXPECT_TRUE(safe_file_name(arabic + ".png").ends_with("ص.png"));
  EXPECT_EQ(count_characters(safe_file_name("a." + arabic)), kMaxFileNameCharacters);
}

}  // namespace
}  // namespace parlor::chat
