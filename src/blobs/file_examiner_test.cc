#include "blobs/file_examiner.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "blobs/disk_blob_store.h"
#include "blobs/sandboxed_process.h"
#include "support/temporary_directory.h"

namespace parlor::blobs {
namespace {

namespace fs = std::filesystem;
using chat::BlobPart;

class FileExaminerTest : public testing::Test {
 protected:
  void SetUp() override {
    if (find_program("vips").empty()) GTEST_SKIP() << "libvips-tools is not installed";
  }

  Result<chat::StoredFile> take_in(const std::string& content) {
    const auto path = store->incoming() + "/parlor-upload-1";
    write_file(path, content);
    return examiner.take_in(path, static_cast<std::int64_t>(content.size()));
  }
  // An image of one colour, as vips writes it.
  std::string image(int width, int height, const std::string& suffix) const {
    const auto path = directory.path() + "/image" + suffix;
    const auto made = run_sandboxed({find_program("vips"), "black", path, std::to_string(width),
                                     std::to_string(height), "--bands", "3"},
                                    {"VIPS_CONCURRENCY=1"});
    EXPECT_TRUE(made);
    return read_file(path);
  }
  bool is_incoming_empty() const {
    return fs::directory_iterator(store->incoming()) == fs::directory_iterator();
  }

  TemporaryDirectory directory;
  std::unique_ptr<DiskBlobStore> store =
      std::move(DiskBlobStore::open(directory.path() + "/blobs")).value();
  FileExaminer examiner{*store};
};

TEST_F(FileExaminerTest, AnImageIsMeasuredAndGetsASmallPicture) {
  for (const std::string suffix : {".png", ".jpg", ".webp", ".gif"}) {
    const auto content = image(1200, 600, suffix);
    const auto file = take_in(content);
    ASSERT_TRUE(file) << suffix;
    EXPECT_EQ(file->width, 1200) << suffix;
    EXPECT_EQ(file->height, 600) << suffix;
    ASSERT_TRUE(file->has_thumbnail) << suffix;
    const auto small = store->path(file->key, BlobPart::thumbnail);
    EXPECT_EQ(Thumbnailer().measure(small), (ImageMeasures{480, 240})) << suffix;
    EXPECT_EQ(read_file(store->path(file->key, BlobPart::original)), content) << suffix;
    EXPECT_TRUE(is_incoming_empty()) << suffix;
  }
}

TEST_F(FileExaminerTest, ASmallImageIsNotBlownUp) {
  const auto file = take_in(image(20, 10, ".png"));
  ASSERT_TRUE(file && file->has_thumbnail);
  EXPECT_EQ(Thumbnailer().measure(store->path(file->key, BlobPart::thumbnail)),
            (ImageMeasures{20, 10}));
}

TEST_F(FileExaminerTest, WhatOnlyBeginsLikeAnImageIsAPlainFile) {
  const auto png = image(1200, 600, ".png");
  for (const auto& content :
       {std::string("\x89PNG\r\n\x1a\n") + std::string("\0\0\0\rIHDR", 8) + "<script>",
        png.substr(0, 30), std::string("GIF89a"), std::string("just words")}) {
    const auto file = take_in(content);
    ASSERT_TRUE(file);
    EXPECT_EQ(file->size, static_cast<std::int64_t>(content.size()));
    EXPECT_FALSE(file->has_thumbnail);
    EXPECT_TRUE(is_incoming_empty());
  }
}

TEST_F(FileExaminerTest, ABombOfPixelsIsKeptButNotDecoded) {
  // The head of a PNG of 20,000 x 20,000 pixels, and hardly any data.
  const std::string bomb(
      "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x4e\x20\0\0\x4e\x20\x08\0\0\0\0\xc6\x1b\x19\xe5"
      "\0\0\0\x0cIDAT\x78\x9c\x63\x60\x20\x15\0\0\0\x32\0\1\x41\x3c\x9c\x16"
      "\0\0\0\0IEND\xae\x42\x60\x82",
      69);
  const auto file = take_in(bomb);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->type, "image/png");
  EXPECT_EQ(file->width, 0);
  EXPECT_FALSE(file->has_thumbnail);
}

TEST_F(FileExaminerTest, ADrawingThatIsAProgramIsNeverDrawn) {
  const auto file =
      take_in("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><script/></svg>");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->type, "image/svg+xml");
  EXPECT_FALSE(file->has_thumbnail);
}

TEST_F(FileExaminerTest, AnUploadThatIsGoneIsRefusedAndLeavesNothing) {
  EXPECT_FALSE(examiner.take_in(store->incoming() + "/missing", 5));
  EXPECT_TRUE(is_incoming_empty());
}

TEST(ImageMeasures, FollowTheOrientationAndTheFirstPage) {
  EXPECT_EQ(parse_measures("a: 1x2 uchar\nwidth: 40\nheight: 30\n"), (ImageMeasures{40, 30}));
  EXPECT_EQ(parse_measures("a\nwidth: 40\nheight: 30\norientation: 6\n"), (ImageMeasures{30, 40}));
  EXPECT_EQ(parse_measures("a\nwidth: 40\nheight: 300\npage-height: 30\n"),
            (ImageMeasures{40, 30}));
  EXPECT_FALSE(parse_measures(""));
  EXPECT_FALSE(parse_measures("a\nwidth: 0\nheight: 30\n"));
  EXPECT_FALSE(parse_measures("a\nwidth: x\nheight: 30\n"));
  EXPECT_FALSE(parse_measures("a\nwidth: 99999999999999999999\nheight: 30\n"));
}

}  // namespace
}  // namespace parlor::blobs
