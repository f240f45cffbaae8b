#include "blobs/thumbnailer.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "base/log.h"
#include "blobs/sandboxed_process.h"

namespace parlor::blobs {
namespace {

// Loaders that their authors do not trust are switched off; one thread does the work.
const std::vector<std::string>& variables() {
  static const std::vector<std::string> all = {"VIPS_BLOCK_UNTRUSTED=1", "VIPS_CONCURRENCY=1",
                                               "PATH=/usr/bin:/bin", "HOME=/nonexistent",
                                               "LC_ALL=C"};
  return all;
}

// The number of the first line "NAME: number" behind another line.
std::optional<int> number_of(std::string_view text, std::string_view name) {
  std::string field = "\n";
  field.append(name).append(": ");
  const auto at = text.find(field);
  if (at == std::string_view::npos) return std::nullopt;
  text.remove_prefix(at + field.size());
  int value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (parsed.ec != std::errc() || value <= 0) return std::nullopt;
  return value;
}

}  // namespace

Thumbnailer::Thumbnailer()
    : header_program_(find_program("vipsheader")),
      thumbnail_program_(find_program("vipsthumbnail")) {
  if (header_program_.empty() || thumbnail_program_.empty()) {
    log::warn("images get no thumbnails: install vipsthumbnail (Debian: libvips-tools)");
  }
}

bool Thumbnailer::is_image(std::string_view type) {
  constexpr std::array<std::string_view, 4> kTypes = {"image/jpeg", "image/png", "image/gif",
                                                      "image/webp"};
  return std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

std::optional<ImageMeasures> parse_measures(std::string_view text) {
  const auto width = number_of(text, "width");
  // A GIF's pictures lie one below the other.
  auto height = number_of(text, "page-height");
  if (!height) height = number_of(text, "height");
  if (!width || !height) return std::nullopt;
  constexpr int kFirstTurnedOrientation = 5;  // EXIF 2.3: 5 to 8 lie on their side
  const bool is_turned = number_of(text, "orientation").value_or(1) >= kFirstTurnedOrientation;
  return is_turned ? ImageMeasures{*height, *width} : ImageMeasures{*width, *height};
}

std::optional<ImageMeasures> Thumbnailer::measure(const std::string& path) const {
  if (header_program_.empty()) return std::nullopt;
  const auto header = run_sandboxed({header_program_, "-a", path}, variables());
  if (!header) return std::nullopt;
  const auto measures = parse_measures(*header);
  if (!measures || std::int64_t{measures->width} * measures->height > kMostPixels) {
    return std::nullopt;
  }
  return measures;
}

bool Thumbnailer::make(const std::string& path, const std::string& to) const {
  if (thumbnail_program_.empty()) return false;
  const auto side = std::to_string(kLongestSidePixels);
  std::string size = side;
  size.append("x").append(side).append(">");  // ">": a smaller image is not blown up
  const auto made = run_sandboxed(
      {thumbnail_program_, path, "--size", size, "-o", to + "[Q=75,strip]"}, variables());
  if (made && ::access(to.c_str(), F_OK) == 0) return true;
  ::unlink(to.c_str());
  return false;
}

}  // namespace parlor::blobs
