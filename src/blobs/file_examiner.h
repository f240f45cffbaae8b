// Takes an uploaded file in: finds out what it is, makes its small picture, and puts both into the
// BlobStore.
//
// Blocks for as long as that takes (an image: some 100 ms): for Workers. Thread-safe.
#pragma once

#include <string>

#include "blobs/thumbnailer.h"
#include "chat/blob_store.h"
#include "chat/upload.h"

namespace parlor::blobs {

class FileExaminer {
 public:
  // `blobs` outlives it.
  explicit FileExaminer(chat::BlobStore& blobs) : blobs_(blobs) {}

  // The file at `path` becomes a blob. An image that cannot be decoded is a file without measures.
  // unavailable when it cannot be kept; then nothing is. What it leaves at `path` is the caller's.
  Result<chat::StoredFile> take_in(const std::string& path, std::int64_t size);

 private:
  bool add_thumbnail(const chat::StoredFile& file, const std::string& path);

  chat::BlobStore& blobs_;
  const Thumbnailer thumbnailer_;
};

}  // namespace parlor::blobs
