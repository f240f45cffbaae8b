// A file on its way to a client, read piece by piece as the connection takes it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace parlor::net {

struct ByteRange {
  std::uint64_t first = 0;
  std::uint64_t size = 0;
};

enum class RangeVerdict : std::uint8_t { whole, part, unsatisfiable };

// A Range header of one range (RFC 9110, section 14). Anything else is ignored: the whole file.
RangeVerdict parse_range(std::string_view header, std::uint64_t file_size, ByteRange& range);

class FileStream {
 public:
  // Nothing when it is no regular file or cannot be opened.
  static std::unique_ptr<FileStream> open(const std::string& path);
  FileStream(const FileStream&) = delete;
  FileStream& operator=(const FileStream&) = delete;
  ~FileStream();

  std::uint64_t size() const { return size_; }
  std::uint64_t remaining() const { return remaining_; }
  void select(const ByteRange& range);
  bool is_at_end() const { return remaining_ == 0; }
  // The next piece; nothing when the file cannot be read or has shrunk.
  std::optional<std::string> read(std::size_t most);

 private:
  FileStream(int file, std::uint64_t size) : file_(file), size_(size), remaining_(size) {}

  const int file_;
  const std::uint64_t size_;
  std::uint64_t offset_ = 0;
  std::uint64_t remaining_;
};

}  // namespace parlor::net
