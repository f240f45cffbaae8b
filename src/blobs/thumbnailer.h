// Small pictures of images, made by libvips' own programs (Debian: libvips-tools) in a process of
// their own: what decodes a stranger's image is no part of the server (sandboxed_process.h).
//
// Only JPEG, PNG, GIF and WebP are looked at, by those loaders of libvips that are meant for
// untrusted files; never SVG or PDF. Bounds: kMostPixels; memory, time and size of the result by
// SandboxLimits. Thread-safe; each call waits for its process.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parlor::blobs {

struct ImageMeasures {
  int width = 0;  // in pixels, as the image is shown: its EXIF orientation is followed
  int height = 0;

  friend bool operator==(const ImageMeasures&, const ImageMeasures&) = default;
};

class Thumbnailer {
 public:
  static constexpr int kLongestSidePixels = 480;
  static constexpr std::int64_t kMostPixels = 150'000'000;
  static constexpr std::string_view kType = "image/webp";  // of what it makes

  // Finds the programs; says in the log when they are not installed, once.
  Thumbnailer();

  static bool is_image(std::string_view type);

  // Nothing for what is no image, is damaged, or has more than kMostPixels.
  std::optional<ImageMeasures> measure(const std::string& path) const;
  // Writes the small picture of the image at `path` to `to`, which ends with ".webp"; without
  // metadata (places, cameras). False when that was not possible; then there is no file.
  bool make(const std::string& path, const std::string& to) const;

 private:
  const std::string header_program_;
  const std::string thumbnail_program_;
};

// From what `vipsheader -a` prints: a summary, then "width: 640", "height: 480" and so on.
std::optional<ImageMeasures> parse_measures(std::string_view text);

}  // namespace parlor::blobs
