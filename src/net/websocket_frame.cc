#include "net/websocket_frame.h"

namespace parlor::net {

FrameHead frame_head(Opcode opcode, std::uint64_t payload_bytes) {
  FrameHead head;
  head.bytes[0] = static_cast<char>(0x80 | static_cast<int>(opcode));
  int length_bytes = 0;
  if (payload_bytes < 126) {
    head.bytes[1] = static_cast<char>(payload_bytes);
  } else if (payload_bytes < 65536) {
    head.bytes[1] = 126;
    length_bytes = 2;
  } else {
    head.bytes[1] = 127;
    length_bytes = 8;
  }
  for (int i = 0; i < length_bytes; ++i) {
    head.bytes[2 + i] = static_cast<char>(payload_bytes >> (8 * (length_bytes - 1 - i)));
  }
  head.size = static_cast<std::uint8_t>(2 + length_bytes);
  return head;
}

void append_frame(std::string& out, Opcode opcode, std::string_view payload) {
  out += frame_head(opcode, payload.size()).view();
  out += payload;
}

}  // namespace parlor::net
