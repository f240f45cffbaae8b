#include "blobs/sound.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>

namespace parlor::blobs {
namespace {

constexpr std::size_t kHeadBytes = 256 * 1024;
constexpr std::size_t kTailBytes = 64 * 1024;
constexpr std::size_t kMaxMovieBytes = 4 * 1024 * 1024;  // the head of an MP4 file
constexpr int kMaxBoxes = 1'000;
constexpr double kLongest = 7 * 24 * 3600.0;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

class File {
 public:
  explicit File(const std::string& path) : file_(std::fopen(path.c_str(), "rb")) {
    if (file_ && std::fseek(file_.get(), 0, SEEK_END) == 0) size_ = std::ftell(file_.get());
  }
  std::int64_t size() const { return size_; }

  std::string read(std::int64_t from, std::size_t most) {
    std::string bytes;
    if (!file_ || from < 0 || from >= size_) return bytes;
    if (std::fseek(file_.get(), static_cast<long>(from), SEEK_SET) != 0) return bytes;
    bytes.resize(std::min<std::uint64_t>(most, static_cast<std::uint64_t>(size_ - from)));
    bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file_.get()));
    return bytes;
  }

 private:
  std::unique_ptr<std::FILE, CloseFile> file_;
  std::int64_t size_ = 0;
};

// Numbers at a place of the bytes; 0 behind their end.
std::uint64_t big(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint64_t value = 0;
  if (at > bytes.size() || count > bytes.size() - at) return 0;
  for (std::size_t i = 0; i < count; ++i) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  }
  return value;
}

std::uint64_t little(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint64_t value = 0;
  if (at > bytes.size() || count > bytes.size() - at) return 0;
  for (std::size_t i = count; i-- > 0;) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  }
  return value;
}

double sane(double seconds) { return seconds > 0 && seconds < kLongest ? seconds : 0; }

// RIFF: chunks of four letters, a length, and so many bytes, padded to an even number.
MediaFacts facts_of_wav(File& file) {
  const auto head = file.read(0, kHeadBytes);
  MediaFacts facts{false, 0};
  std::uint64_t bytes_per_second = 0;
  for (std::size_t at = 12; at + 8 <= head.size();) {
    const auto name = std::string_view(head).substr(at, 4);
    const auto size = little(head, at + 4, 4);
    if (name == "fmt ") bytes_per_second = little(head, at + 16, 4);
    if (name == "data") {
      const auto there = std::min<std::uint64_t>(size, static_cast<std::uint64_t>(file.size()));
      if (bytes_per_second > 0) facts.seconds = sane(double(there) / double(bytes_per_second));
      return facts;
    }
    at += 8 + size + size % 2;
  }
  return facts;
}

// Pages begin with "OggS"; at 6 the position of their last sample, at 14 the stream's number.
MediaFacts facts_of_ogg(File& file) {
  const auto head = file.read(0, kTailBytes);
  MediaFacts facts;
  facts.has_pictures = head.find("\x80theora") != std::string::npos;
  double rate = 0;
  if (head.find("OpusHead") != std::string::npos) rate = 48'000;
  if (const auto vorbis = head.find("\x01vorbis"); vorbis != std::string::npos) {
    rate = double(little(head, vorbis + 12, 4));
  }
  const auto tail =
      file.read(std::max<std::int64_t>(0, file.size() - std::int64_t{kTailBytes}), kTailBytes);
  const auto last = tail.rfind("OggS");
  if (last != std::string::npos && rate > 0) {
    facts.seconds = sane(double(little(tail, last + 6, 8)) / rate);
  }
  return facts;
}

// ISO base media: boxes of a length and four letters; the movie's head says its time and tracks.
MediaFacts facts_of_movie(std::string_view movie) {
  MediaFacts facts;
  if (const auto at = movie.find("mvhd"); at != std::string_view::npos) {
    const bool is_long = big(movie, at + 4, 1) == 1;
    const auto scale = is_long ? big(movie, at + 24, 4) : big(movie, at + 16, 4);
    const auto length = is_long ? big(movie, at + 28, 8) : big(movie, at + 20, 4);
    if (scale > 0) facts.seconds = sane(double(length) / double(scale));
  }
  bool has_sound = false;
  bool has_pictures = false;
  for (auto at = movie.find("hdlr"); at != std::string_view::npos;
       at = movie.find("hdlr", at + 4)) {
    const auto kind = movie.substr(std::min(movie.size(), at + 12), 4);
    has_sound |= kind == "soun";
    has_pictures |= kind == "vide";
  }
  if (has_sound || has_pictures) facts.has_pictures = has_pictures;
  return facts;
}

MediaFacts facts_of_mp4(File& file) {
  std::int64_t at = 0;
  for (int boxes = 0; boxes < kMaxBoxes && at < file.size(); ++boxes) {
    const auto head = file.read(at, 16);
    if (head.size() < 8) break;
    auto size = static_cast<std::int64_t>(big(head, 0, 4));
    if (size == 1) size = static_cast<std::int64_t>(big(head, 8, 8));
    if (head.substr(4, 4) == "moov") {
      return facts_of_movie(file.read(at, static_cast<std::size_t>(std::clamp<std::int64_t>(
                                              size == 0 ? file.size() : size, 0, kMaxMovieBytes))));
    }
    if (size < 8 || size > file.size() - at) break;
    at += size;
  }
  return {};
}

// Matroska: elements of an id and a length, both of as many bytes as their first one says.
class Elements {
 public:
  explicit Elements(std::string_view bytes) : rest_(bytes) {}

  bool next() {
    const auto id = number(false);
    const auto size = number(true);
    if (!id || !size) return false;
    id_ = *id;
    // An unknown length is the rest.
    const auto length = std::min<std::uint64_t>(*size, rest_.size());
    content_ = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return true;
  }
  std::uint64_t id() const { return id_; }
  std::string_view content() const { return content_; }

 private:
  std::optional<std::uint64_t> number(bool without_mark) {
    if (rest_.empty()) return std::nullopt;
    const auto first = static_cast<unsigned char>(rest_.front());
    std::size_t length = 1;
    for (unsigned mark = 0x80; length <= 8 && !(first & mark); mark >>= 1) ++length;
    if (length > 8 || length > rest_.size()) return std::nullopt;
    auto value = big(rest_, 0, length);
    rest_.remove_prefix(length);
    if (!without_mark) return value;
    value &= (std::uint64_t{1} << (7 * length)) - 1;
    return value == (std::uint64_t{1} << (7 * length)) - 1 ? UINT64_MAX : value;
  }

  std::string_view rest_;
  std::string_view content_;
  std::uint64_t id_ = 0;
};

constexpr std::uint64_t kSegment = 0x18538067;
constexpr std::uint64_t kInfo = 0x1549A966;
constexpr std::uint64_t kTimestampScale = 0x2AD7B1;
constexpr std::uint64_t kDuration = 0x4489;
constexpr std::uint64_t kTracks = 0x1654AE6B;
constexpr std::uint64_t kTrackEntry = 0xAE;
constexpr std::uint64_t kTrackType = 0x83;

double float_of(std::string_view bytes) {
  const auto bits = big(bytes, 0, bytes.size());
  if (bytes.size() == 4) {
    float value = 0;
    const auto word = static_cast<std::uint32_t>(bits);
    std::copy_n(reinterpret_cast<const char*>(&word), sizeof value,
                reinterpret_cast<char*>(&value));
    return double(value);
  }
  double value = 0;
  if (bytes.size() != 8) return value;
  std::copy_n(reinterpret_cast<const char*>(&bits), sizeof value, reinterpret_cast<char*>(&value));
  return value;
}

double seconds_of_info(std::string_view info) {
  double scale = 1e6;
  double length = 0;
  for (Elements element(info); element.next();) {
    if (element.id() == kTimestampScale) {
      scale = double(big(element.content(), 0, element.content().size()));
    }
    if (element.id() == kDuration) length = float_of(element.content());
  }
  return sane(length * scale / 1e9);
}

std::optional<bool> pictures_in(std::string_view tracks) {
  std::optional<bool> has_pictures;
  for (Elements track(tracks); track.next();) {
    if (track.id() != kTrackEntry) continue;
    for (Elements element(track.content()); element.next();) {
      if (element.id() != kTrackType || element.content().empty()) continue;
      has_pictures = has_pictures.value_or(false) || element.content().front() == 1;
    }
  }
  return has_pictures;
}

MediaFacts facts_of_webm(File& file) {
  const auto head = file.read(0, kHeadBytes);
  MediaFacts facts;
  for (Elements top(head); top.next();) {
    if (top.id() != kSegment) continue;
    for (Elements part(top.content()); part.next();) {
      if (part.id() == kInfo) facts.seconds = seconds_of_info(part.content());
      if (part.id() == kTracks) facts.has_pictures = pictures_in(part.content());
    }
  }
  return facts;
}

// MPEG audio, layer 3: a frame's head says version, bit rate and sample rate.
MediaFacts facts_of_mp3(File& file) {
  MediaFacts facts{false, 0};
  auto head = file.read(0, kHeadBytes);
  std::int64_t begin = 0;
  if (head.starts_with("ID3")) {
    for (std::size_t i = 6; i < 10; ++i)
      begin = begin << 7 | static_cast<std::int64_t>(big(head, i, 1) & 0x7F);
    begin += 10;
    head = file.read(begin, kHeadBytes);
  }
  std::size_t at = 0;
  while (at + 4 < head.size() && (big(head, at, 2) & 0xFFE6) != 0xFFE2) ++at;
  if (at + 4 >= head.size()) return facts;
  static constexpr std::array kRates1 = {0,   32,  40,  48,  56,  64,  80,  96,
                                         112, 128, 160, 192, 224, 256, 320, 0};
  static constexpr std::array kRates2 = {0,  8,  16, 24,  32,  40,  48,  56,
                                         64, 80, 96, 112, 128, 144, 160, 0};
  static constexpr std::array kSamples = {44'100, 48'000, 32'000, 0};
  const auto version = big(head, at + 1, 1) >> 3 & 3;  // 3: version 1, 2: version 2, 0: 2.5
  const auto third = big(head, at + 2, 1);
  const auto kbit = (version == 3 ? kRates1 : kRates2)[third >> 4];
  const auto samples = kSamples[third >> 2 & 3] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
  if (kbit == 0 || samples == 0) return facts;
  for (const auto* mark : {"Xing", "Info"}) {
    const auto found = std::string_view(head).substr(at, 200).find(mark);
    if (found == std::string_view::npos || !(big(head, at + found + 4, 4) & 1)) continue;
    const auto frames = double(big(head, at + found + 8, 4));
    facts.seconds = sane(frames * (version == 3 ? 1152 : 576) / double(samples));
    return facts;
  }
  facts.seconds = sane(double(file.size() - begin) * 8 / (kbit * 1000.0));
  return facts;
}

}  // namespace

MediaFacts facts_of_media(const std::string& path, std::string_view type) {
  const auto is = [type](std::string_view word) {
    return type.find(word) != std::string_view::npos;
  };
  if (!type.starts_with("audio/") && !type.starts_with("video/") && type != "application/ogg") {
    return {};
  }
  File file(path);
  if (is("wav")) return facts_of_wav(file);
  if (is("ogg") || is("opus")) return facts_of_ogg(file);
  if (is("webm") || is("matroska")) return facts_of_webm(file);
  if (is("mp4") || is("m4a") || is("quicktime")) return facts_of_mp4(file);
  if (is("mpeg") || is("mp3")) return facts_of_mp3(file);
  return {};
}

std::string settled_type(std::string_view type, const MediaFacts& facts) {
  const bool is_sound = facts.has_pictures == false;
  if (type == "audio/x-wav" || type == "audio/vnd.wave") return "audio/wav";
  if (type == "audio/x-m4a") return "audio/m4a";
  if (type == "audio/mp3") return "audio/mpeg";
  if (is_sound && type == "video/webm") return "audio/webm";
  if (is_sound && type == "video/mp4") return "audio/mp4";
  if (is_sound && (type == "video/ogg" || type == "application/ogg")) return "audio/ogg";
  return std::string(type);
}

}  // namespace parlor::blobs
