#include "load/websocket.h"

#include <gtest/gtest.h>

namespace parlor::bench {
namespace {

std::string server_frame(std::string_view payload) {
  std::string frame("\x81");
  if (payload.size() < 126) {
    frame.push_back(static_cast<char>(payload.size()));
  } else {
    frame.push_back(126);
    frame.push_back(static_cast<char>(payload.size() >> 8));
    frame.push_back(static_cast<char>(payload.size()));
  }
  return frame.append(payload);
}

TEST(TakeFrame, CutsAStreamAtFrameBoundaries) {
  const std::string long_text(300, 'l');
  const std::string bytes = server_frame("one") + server_frame(long_text) + server_frame("");
  std::string_view input = bytes;
  EXPECT_EQ(take_frame(input)->payload, "one");
  EXPECT_EQ(take_frame(input)->payload, long_text);
  EXPECT_EQ(take_frame(input)->payload, "");
  EXPECT_FALSE(take_frame(input));
}

TEST(TakeFrame, LeavesAnIncompleteFrameWhereItIs) {
  const std::string bytes = server_frame(std::string(300, 'l'));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    std::string_view input(bytes.data(), size);
    EXPECT_FALSE(take_frame(input));
    EXPECT_EQ(input.size(), size);
  }
}

TEST(TakeFrame, RefusesFragmentsAndMasks) {
  std::string_view fragment("\x01\x01x", 3);
  EXPECT_THROW(static_cast<void>(take_frame(fragment)), std::runtime_error);
  std::string_view masked("\x81\x81mmmmx", 7);
  EXPECT_THROW(static_cast<void>(take_frame(masked)), std::runtime_error);
}

TEST(AppendMaskedFrame, MasksWhatTheServerWillUnmask) {
  std::string out;
  append_masked_frame(out, Opcode::text, "hello");
  ASSERT_EQ(out.size(), 2U + 4U + 5U);
  EXPECT_EQ(static_cast<unsigned char>(out[1]), 0x85);
  std::string text;
  for (std::size_t n = 0; n < 5; ++n)
    text.push_back(static_cast<char>(out[6 + n] ^ out[2 + n % 4]));
  EXPECT_EQ(text, "hello");
}

}  // namespace
}  // namespace parlor::bench
