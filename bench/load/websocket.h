// The little of RFC 6455 that a load generator needs: whole frames, client to server masked.
//
//   0       1                2 or 4 or 10     +4 (client only)
//   FIN op  MASK len7        extended length  mask    payload
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace parlor::bench {

enum class Opcode : std::uint8_t { text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

struct Frame {
  Opcode opcode;
  std::string_view payload;
};

// Takes the first frame off `input`, or nothing while it is incomplete. The servers under test send
// neither fragments nor masks; either is thrown as std::runtime_error.
inline std::optional<Frame> take_frame(std::string_view& input) {
  if (input.size() < 2) return std::nullopt;
  const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(input[at]); };
  if ((byte(0) & 0xF0) != 0x80) throw std::runtime_error("a fragmented or extended frame");
  if ((byte(1) & 0x80) != 0) throw std::runtime_error("a masked frame from the server");

  std::size_t head = 2;
  std::uint64_t length = byte(1);
  if (length >= 126) {
    const std::size_t extended = length == 126 ? 2 : 8;
    if (input.size() < head + extended) return std::nullopt;
    length = 0;
    for (std::size_t n = 0; n < extended; ++n) length = length << 8 | byte(head + n);
    head += extended;
  }
  if (input.size() - head < length) return std::nullopt;
  const Frame frame{static_cast<Opcode>(byte(0) & 0x0F), input.substr(head, length)};
  input.remove_prefix(head + length);
  return frame;
}

// Appends one masked frame. The mask is constant: only servers of this machine ever see it.
inline void append_masked_frame(std::string& out, Opcode opcode, std::string_view payload) {
  constexpr unsigned char kMask[4] = {0x37, 0xFA, 0x21, 0x3D};
  out.push_back(static_cast<char>(0x80 | static_cast<unsigned>(opcode)));
  if (payload.size() < 126) {
    out.push_back(static_cast<char>(0x80 | payload.size()));
  } else if (payload.size() <= 0xFFFF) {
    out.push_back(static_cast<char>(0xFE));
    out.push_back(static_cast<char>(payload.size() >> 8));
    out.push_back(static_cast<char>(payload.size()));
  } else {
    throw std::runtime_error("the load generator sends no frame above 64 KiB");
  }
  out.append(reinterpret_cast<const char*>(kMask), sizeof kMask);
  for (std::size_t n = 0; n < payload.size(); ++n) {
    out.push_back(static_cast<char>(static_cast<unsigned char>(payload[n]) ^ kMask[n % 4]));
  }
}

}  // namespace parlor::bench
