#include "net/file_stream.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>

namespace parlor::net {
namespace {

std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

RangeVerdict parse_range(std::string_view header, std::uint64_t file_size, ByteRange& range) {
  constexpr std::string_view kUnit = "bytes=";
  if (!header.starts_with(kUnit)) return RangeVerdict::whole;
  header.remove_prefix(kUnit.size());
  const auto dash = header.find('-');
  if (dash == std::string_view::npos) return RangeVerdict::whole;
  const auto first = parse_number(header.substr(0, dash));
  const auto last = parse_number(header.substr(dash + 1));
  if (dash == 0) {
    if (!last) return RangeVerdict::whole;
    if (*last == 0 || file_size == 0) return RangeVerdict::unsatisfiable;
    range.size = std::min(*last, file_size);
    range.first = file_size - range.size;
    return RangeVerdict::part;
  }
  const bool is_open = dash + 1 == header.size();
  if (!first || (!last && !is_open) || (last && *last < *first)) return RangeVerdict::whole;
  if (*first >= file_size) return RangeVerdict::unsatisfiable;
  range.first = *first;
  range.size = (last ? std::min(*last, file_size - 1) : file_size - 1) - *first + 1;
  return RangeVerdict::part;
}

std::unique_ptr<FileStream> FileStream::open(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return nullptr;
  struct stat status {};
  if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(file);
    return nullptr;
  }
  return std::unique_ptr<FileStream>(
      new FileStream(file, static_cast<std::uint64_t>(status.st_size)));
}

FileStream::~FileStream() { ::close(file_); }

void FileStream::select(const ByteRange& range) {
  offset_ = range.first;
  remaining_ = range.size;
}

std::optional<std::string> FileStream::read(std::size_t most) {
  std::string piece(static_cast<std::size_t>(std::min<std::uint64_t>(most, remaining_)), '\0');
  const auto count = ::pread(file_, piece.data(), piece.size(), static_cast<off_t>(offset_));
  if (count <= 0) return std::nullopt;
  piece.resize(static_cast<std::size_t>(count));
  offset_ += piece.size();
  remaining_ -= piece.size();
  return piece;
}

}  // namespace parlor::net
