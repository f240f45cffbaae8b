#include "blobs/disk_blob_store.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>
#include <vector>

#include "support/temporary_directory.h"

namespace parlor::blobs {
namespace {

namespace fs = std::filesystem;
using chat::BlobPart;
using testing::ElementsAre;
using testing::IsEmpty;

const std::string kKey = "ab" + std::string(30, '0');
const std::string kLaterKey = "ab" + std::string(30, '1');

void make_old(const std::string& path) {
  fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::hours(2));
}

class DiskBlobStoreTest : public testing::Test {
 protected:
  DiskBlobStoreTest() { open(); }
  void open() { store = std::move(DiskBlobStore::open(directory.path() + "/blobs")).value(); }
  // A file as an upload leaves it.
  std::string arrive(const std::string& content) const {
    auto path = store->incoming() + "/upload";
    write_file(path, content);
    return path;
  }

  TemporaryDirectory directory;
  std::unique_ptr<DiskBlobStore> store;
};

TEST_F(DiskBlobStoreTest, WhatIsPutIsThereAndNoLongerWhereItCameFrom) {
  const auto from = arrive("bytes");
  ASSERT_TRUE(store->put(kKey, BlobPart::original, from));
  EXPECT_FALSE(fs::exists(from));
  EXPECT_EQ(read_file(store->path(kKey, BlobPart::original)), "bytes");
  ASSERT_TRUE(store->put(kKey, BlobPart::thumbnail, arrive("small")));
  open();
  EXPECT_EQ(read_file(store->path(kKey, BlobPart::thumbnail)), "small");
}

TEST_F(DiskBlobStoreTest, RemovingTakesAllPartsAndMayBeRepeated) {
  ASSERT_TRUE(store->put(kKey, BlobPart::original, arrive("bytes")));
  ASSERT_TRUE(store->put(kKey, BlobPart::thumbnail, arrive("small")));
  store->remove(kKey);
  store->remove(kKey);
  EXPECT_FALSE(fs::exists(store->path(kKey, BlobPart::original)));
  EXPECT_FALSE(fs::exists(store->path(kKey, BlobPart::thumbnail)));
}

TEST_F(DiskBlobStoreTest, AKeyIsNeverAPath) {
  const std::vector<std::string> keys = {"", "../../x", "ab/../../x", std::string(32, 'g')};
  for (const auto& key : keys) {
    EXPECT_FALSE(store->put(key, BlobPart::original, arrive("bytes"))) << key;
  }
  const auto outside = directory.path() + "/x";
  write_file(outside, "keep");
  store->remove("../../x");
  EXPECT_EQ(read_file(outside), "keep");
}

TEST_F(DiskBlobStoreTest, WhatCannotBePutLeavesNothing) {
  EXPECT_FALSE(store->put(kKey, BlobPart::original, store->incoming() + "/missing"));
  EXPECT_FALSE(fs::exists(store->path(kKey, BlobPart::original)));
}

TEST_F(DiskBlobStoreTest, AStartEmptiesWhatWasArriving) {
  const auto left = arrive("half");
  ASSERT_TRUE(store->put(kKey, BlobPart::original, arrive("bytes")));
  write_file(left, "half");
  open();
  EXPECT_FALSE(fs::exists(left));
  EXPECT_TRUE(fs::exists(store->path(kKey, BlobPart::original)));
}

TEST_F(DiskBlobStoreTest, OldBlobsAreListedByKeyAndPageByPage) {
  for (const auto& key : {kLaterKey, kKey}) {
    ASSERT_TRUE(store->put(key, BlobPart::original, arrive("bytes")));
  }
  ASSERT_TRUE(store->put(kKey, BlobPart::thumbnail, arrive("small")));
  EXPECT_THAT(store->list_old(0xab, "", 10), IsEmpty()) << "they are young";
  make_old(store->path(kKey, BlobPart::original));
  make_old(store->path(kKey, BlobPart::thumbnail));
  make_old(store->path(kLaterKey, BlobPart::original));
  EXPECT_THAT(store->list_old(0xab, "", 10), ElementsAre(kKey, kLaterKey));
  EXPECT_THAT(store->list_old(0xab, "", 1), ElementsAre(kKey));
  EXPECT_THAT(store->list_old(0xab, kKey, 1), ElementsAre(kLaterKey));
  EXPECT_THAT(store->list_old(0xac, "", 10), IsEmpty());
}

TEST_F(DiskBlobStoreTest, ACopyKeepsItsBlobsWhenTheOriginalsGo) {
  ASSERT_TRUE(store->put(kKey, BlobPart::original, arrive("bytes")));
  const auto target = directory.path() + "/copy";
  ASSERT_TRUE(copy_blobs(directory.path() + "/blobs", target));
  store->remove(kKey);
  auto copy = std::move(DiskBlobStore::open(target)).value();
  EXPECT_EQ(read_file(copy->path(kKey, BlobPart::original)), "bytes");
}

TEST_F(DiskBlobStoreTest, OnlyTheServersUserMayReadIt) {
  struct stat status {};
  ASSERT_EQ(::stat(store->incoming().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0077, 0U);
}

TEST_F(DiskBlobStoreTest, SaysHowMuchTheDiskCanTake) { EXPECT_GT(store->free_bytes(), 0U); }

}  // namespace
}  // namespace parlor::blobs
