#include "blobs/file_examiner.h"

#include <unistd.h>

#include <cmath>

#include "base/log.h"
#include "blobs/content_type.h"
#include "blobs/sound.h"

namespace parlor::blobs {

Result<chat::StoredFile> FileExaminer::take_in(const std::string& path, std::int64_t size) {
  chat::StoredFile file{chat::make_blob_key(), content_type_of_file(path), size, 0, 0, false};
  const auto facts = facts_of_media(path, file.type);
  file.type = settled_type(file.type, facts);
  file.duration_s = static_cast<int>(std::lround(facts.seconds));
  if (Thumbnailer::is_image(file.type)) {
    if (const auto measures = thumbnailer_.measure(path)) {
      file.width = measures->width;
      file.height = measures->height;
      file.has_thumbnail = add_thumbnail(file, path);
    }
  }
  const auto put = blobs_.put(file.key, chat::BlobPart::original, path);
  if (put) return file;
  blobs_.remove(file.key);
  log::error("an upload could not be kept: {}", put.error().message);
  return fail(ErrorCode::unavailable, "the file cannot be stored now; try again later");
}

// A file without a small picture is still a file.
bool FileExaminer::add_thumbnail(const chat::StoredFile& file, const std::string& path) {
  const auto small = path + ".webp";
  if (!thumbnailer_.make(path, small)) return false;
  const auto put = blobs_.put(file.key, chat::BlobPart::thumbnail, small);
  ::unlink(small.c_str());
  return put.has_value();
}

}  // namespace parlor::blobs
