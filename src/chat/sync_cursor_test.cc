#include "chat/sync_cursor.h"

#include <gtest/gtest.h>

#include "base/digest.h"

namespace parlor::chat {
namespace {

constexpr std::int64_t kLargest = kIdEnd - 1;

TEST(SyncCursor, ComesBackAsItWent) {
  SyncCursor cursor{{1'759'919'400'000}, {1'759'919'460'000}, {}};
  EXPECT_EQ(decode_cursor(encode_cursor(cursor)), cursor);
  for (std::size_t i = 0; i < kSeenRoomsAtMost; ++i) {
    cursor.seen.push_back({RoomId{kLargest - static_cast<std::int64_t>(i)}, kLargest});
  }
  EXPECT_EQ(decode_cursor(encode_cursor(cursor)), cursor);
  EXPECT_EQ(decode_cursor(encode_cursor(SyncCursor{})), SyncCursor{});
}

TEST(SyncCursor, HostileTextIsInvalid) {
  const auto text = [](std::string_view bytes) { return base64url_encode(bytes); };
  SyncCursor full;
  full.seen.assign(kSeenRoomsAtMost + 1, SeenRoom{RoomId{1}, 1});
  SyncCursor backwards{{10}, {9}, {}};
  const std::string cases[] = {
      "",
      "x",
      "not base64!",
      text(""),
      text("\x02\x01\x01"),                              // another version
      text("\x01"),                                      // truncated
      text(std::string("\x01\x01\x01\x01", 4)),          // one room promised, none there
      text(std::string("\x01\x01\x01\x01\x05", 5)),      // a room without its seq
      text(std::string("\x01\x01\x01\x00\x00", 5)),      // something behind the end
      text(std::string("\x01\x01\x01\x01\x00\x05", 6)),  // room 0
      text(std::string("\x01\x81\x00\x01\x00", 5)),      // an overlong number
      text("\x01" + std::string(20, '\xFF')),            // a number without end
      text("\x01" + std::string(7, '\xFF') + "\x7F\x01"),
      encode_cursor(full),
      encode_cursor(backwards),
      std::string(100'000, 'A'),
  };
  for (const std::string& c : cases) {
    EXPECT_EQ(decode_cursor(c).error().code, ErrorCode::invalid) << c.substr(0, 40);
  }
}

TEST(SyncCursor, EveryTruncationIsInvalid) {
  const SyncCursor cursor{{1'759'919'400'000}, {1'759'919'460'000}, {{RoomId{77'777}, 300}}};
  const std::string bytes = *base64url_decode(encode_cursor(cursor));
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    EXPECT_FALSE(decode_cursor(base64url_encode(bytes.substr(0, length)))) << length;
  }
}

}  // namespace
}  // namespace parlor::chat
