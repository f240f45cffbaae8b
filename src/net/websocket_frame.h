// Frames of RFC 6455, section 5, as the server writes them: unmasked.
//
//   FIN+opcode | length 7 bit, or 126 + 16 bit, or 127 + 64 bit | payload
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace parlor::net {

enum class Opcode : std::uint8_t {
  continuation = 0x0,
  text = 0x1,
  binary = 0x2,
  close = 0x8,
  ping = 0x9,
  pong = 0xA,
};

struct FrameHead {
  char bytes[10];
  std::uint8_t size = 0;

  std::string_view view() const { return {bytes, size}; }
};

FrameHead frame_head(Opcode opcode, std::uint64_t payload_bytes);

// Appends one whole (FIN) frame to `out`. Thread-free: a broadcast is framed once, anywhere, and
// given to each shard as bytes for Shard::stage.
void append_frame(std::string& out, Opcode opcode, std::string_view payload);

}  // namespace parlor::net
