// The port to the bytes of uploaded files. A blob never changes: it is put, read, removed.
//
// What is known of a blob (its name, its type, whose it is) is a row of the store, see upload.h.
// A blob is put before its row is written and removed after its row is gone, so a row always has
// its blob; a blob without a row is rubbish of an interrupted upload and is collected.
//
// Thread-safe. Each call may wait for the disk: not for shards, except path().
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace parlor::chat {

// The name of a blob: 32 lower-case hexadecimal digits, drawn at random.
inline constexpr std::size_t kBlobKeyCharacters = 32;
bool is_blob_key(std::string_view text);
std::string make_blob_key();

enum class BlobPart { original, thumbnail };

class BlobStore {
 public:
  virtual ~BlobStore() = default;

  // Makes the file at `path` the blob's part: afterwards it is durable and no longer at `path`.
  // unavailable when the disk is full or broken; then nothing is kept.
  virtual Result<Ok> put(std::string_view key, BlobPart part, const std::string& path) = 0;

  // Removes all parts; a blob that is not there is removed already.
  virtual void remove(std::string_view key) = 0;

  // Where the part can be read as a file, whether it is there or not. Does not wait.
  virtual std::string path(std::string_view key, BlobPart part) const = 0;

  // Blobs of the section (0 … kBlobSections - 1) that were put more than an hour ago, at most
  // `limit`, in the order of their keys, beginning behind `after`.
  virtual std::vector<std::string> list_old(int section, std::string_view after,
                                            std::size_t limit) = 0;
};

inline constexpr int kBlobSections = 256;

}  // namespace parlor::chat
