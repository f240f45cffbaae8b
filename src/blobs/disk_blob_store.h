// The BlobStore in a directory of the data directory.
//
//   DIR/incoming/                  uploads while they arrive: emptied at the start
//   DIR/ab/abcdef…                 the blob, by the first two digits of its key
//   DIR/ab/abcdef….thumbnail       its small picture
//
// A blob appears under its name by a rename behind an fsync of its bytes; the rename is made
// durable by an fsync of its directory. Thread-safe: calls for different keys never meet.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "chat/blob_store.h"

namespace parlor::blobs {

class DiskBlobStore final : public chat::BlobStore {
 public:
  // Makes the directories that are missing. unavailable, with the system's reason. One process at a
  // time owns the directory.
  static Result<std::unique_ptr<DiskBlobStore>> open(const std::string& directory);

  Result<Ok> put(std::string_view key, chat::BlobPart part, const std::string& path) override;
  void remove(std::string_view key) override;
  std::string path(std::string_view key, chat::BlobPart part) const override;
  std::vector<std::string> list_old(int section, std::string_view after,
                                    std::size_t limit) override;

  // Where uploads are to be written before they are put: on the same file system.
  std::string incoming() const { return directory_ + "/incoming"; }
  // Bytes that the file system can still take.
  std::uint64_t free_bytes() const;

 private:
  explicit DiskBlobStore(std::string directory) : directory_(std::move(directory)) {}
  std::string section_of(std::string_view key) const;

  const std::string directory_;
};

// Copies every blob of `from` into the new directory `to`: as further names of the same files where
// the file system can, for blobs never change. Blobs that come or go meanwhile may be left out.
Result<Ok> copy_blobs(const std::string& from, const std::string& to);

}  // namespace parlor::blobs
