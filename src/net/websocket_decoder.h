// Turns what a WebSocket client sends into messages and control frames (RFC 6455, section 5).
//
//   FIN RSV(3) opcode(4) | MASK length(7) | length 16 or 64 | key 32 | payload, masked
//
// A message that lies whole in one piece of input is unmasked in place and handed on uncopied. Any
// other is collected in a buffer that goes away with the message.
//
// Refused: reserved bits and opcodes, unmasked frames, fragmented or long control frames, lengths
// not in their shortest form, a continuation of nothing, a new message inside a message (1002);
// text that is not UTF-8 (1007); a message above the limit, known from its first head (1009).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "net/utf8.h"
#include "net/websocket_frame.h"

namespace parlor::net {

// What a decoder finds. Views are valid during the call. Returning false ends the decoding: the
// rest of the input is dropped, now and later.
class FrameEvents {
 public:
  virtual bool on_message(Opcode opcode, std::string_view payload) = 0;  // text or binary
  virtual bool on_control(Opcode opcode, std::string_view payload) = 0;  // close, ping or pong
  virtual void on_violation(std::uint16_t code, std::string_view reason) = 0;  // decoding has ended

 protected:
  ~FrameEvents() = default;
};

class FrameDecoder {
 public:
  FrameDecoder(FrameEvents& events, std::uint32_t max_message_bytes)
      : events_(events), max_message_bytes_(max_message_bytes) {}

  // Overwrites `bytes` with unmasked payload.
  void feed(char* bytes, std::size_t size);
  void set_max_message_bytes(std::uint32_t limit) { max_message_bytes_ = limit; }

 private:
  static constexpr std::size_t kLongestHead = 14;

  bool read_head(char*& at, char* end);
  bool accept_head();
  bool take_payload(char*& at, char* end);
  bool end_frame(std::string_view payload);
  void collect(std::string_view piece);
  bool violation(std::uint16_t code, std::string_view reason);
  std::string_view collected() const { return buffer_ ? std::string_view(*buffer_) : ""; }

  FrameEvents& events_;
  std::unique_ptr<std::string> buffer_;   // of a message that came in pieces
  std::unique_ptr<std::string> control_;  // of a control frame that came in pieces
  std::uint32_t max_message_bytes_;
  std::uint32_t remaining_ = 0;  // payload bytes of the current frame still to come
  unsigned char head_[kLongestHead];
  std::uint8_t head_size_ = 0;             // bytes of head_ that are there
  std::uint8_t key_at_ = 0;                // where in the masking key the next payload byte is
  Opcode opcode_ = Opcode::continuation;   // of the current frame
  Opcode message_ = Opcode::continuation;  // of the message under way; continuation: none
  bool in_payload_ = false;
  bool is_final_ = false;
  bool has_ended_ = false;
  Utf8Validator utf8_;
};

}  // namespace parlor::net
