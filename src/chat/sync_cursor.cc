#include "chat/sync_cursor.h"

#include <optional>

#include "base/digest.h"

namespace parlor::chat {

namespace {

constexpr char kVersion = 1;
constexpr std::size_t kMaxTextBytes = 4096;
constexpr int kVarintBits = 7;

void put(std::string& bytes, std::int64_t value) {
  auto rest = static_cast<std::uint64_t>(value);
  while (rest >= 0x80) {
    bytes += static_cast<char>((rest & 0x7F) | 0x80);
    rest >>= kVarintBits;
  }
  bytes += static_cast<char>(rest);
}

// Takes numbers off the front; every number of a cursor is below 2^53.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  std::optional<std::int64_t> take() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 56; shift += kVarintBits) {
      if (bytes_.empty()) return std::nullopt;
      const auto byte = static_cast<unsigned char>(bytes_.front());
      bytes_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if ((byte & 0x80) != 0) continue;
      const bool overlong = byte == 0 && shift > 0;
      const bool fits = value < static_cast<std::uint64_t>(kIdEnd);
      if (overlong || !fits) return std::nullopt;
      return static_cast<std::int64_t>(value);
    }
    return std::nullopt;
  }

  bool at_end() const { return bytes_.empty(); }

 private:
  std::string_view bytes_;
};

std::optional<SyncCursor> parse(std::string_view bytes) {
  if (bytes.empty() || bytes.front() != kVersion) return std::nullopt;
  Reader reader(bytes.substr(1));
  const auto floor = reader.take();
  const auto resume = reader.take();
  const auto count = reader.take();
  if (!floor || !resume || !count || *resume < *floor) return std::nullopt;
  if (*count > static_cast<std::int64_t>(kSeenRoomsAtMost)) return std::nullopt;
  SyncCursor cursor{{*floor}, {*resume}, {}};
  for (std::int64_t i = 0; i < *count; ++i) {
    const auto room = reader.take();
    const auto seq = reader.take();
    if (!room || !seq || *room == 0) return std::nullopt;
    cursor.seen.push_back({RoomId{*room}, *seq});
  }
  if (!reader.at_end()) return std::nullopt;
  return cursor;
}

}  // namespace

std::string encode_cursor(const SyncCursor& cursor) {
  std::string bytes(1, kVersion);
  put(bytes, cursor.floor.ms);
  put(bytes, cursor.resume.ms);
  put(bytes, static_cast<std::int64_t>(cursor.seen.size()));
  for (const SeenRoom& seen : cursor.seen) {
    put(bytes, seen.room.value);
    put(bytes, seen.seq);
  }
  return base64url_encode(bytes);
}

Result<SyncCursor> decode_cursor(std::string_view text) {
  const auto bytes = text.size() <= kMaxTextBytes ? base64url_decode(text) : std::nullopt;
  auto cursor = bytes ? parse(*bytes) : std::nullopt;
  if (!cursor) {
    return fail(ErrorCode::invalid, "after must be a cursor that an earlier sync answered");
  }
  return std::move(*cursor);
}

}  // namespace parlor::chat
