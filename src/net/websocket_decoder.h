// Turns what a WebSocket client sends into messages and control frames (RFC 6455, section 5).
//
//   FIN RSV(3) opcode(4) | MASK length(7) | length 16 or 64 | key 32 | payload, masked
//
// A message that lies whole in one piece of input is unmasked in place and handed on uncopied. Any
// other is collected in a buffer that goes away with the message; all decoders' buffers together
// are held to a budget (1013 beyond it).
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

#include "base/utf8.h"
#include "net/byte_budget.h"
#include "net/websocket_frame.h"

namespace parlor::net {

// What a decoder finds. Views are valid during the call. Returning false ends the decoding: the
// rest of the input is dropped, now and later.
class FrameEvents {
 public:
  virtual bool on_message(Opcode opcode, std::string_view payload) = 0;  // text or binary
  virtual bool on_control(Opcode opcode, std::string_view payload) = 0;  // close, ping or pong
  virtual void on_violation(std::uint16_t code, std::string_view reason) = 0;  // decoding has ended
  // What unfinished messages may hold. Outlives the decoder.
  virtual ByteBudget& incoming_budget() = 0;

 protected:
  ~FrameEvents() = default;
};

class FrameDecoder {
 public:
  FrameDecoder(FrameEvents& events, std::uint32_t max_message_bytes)
      : events_(events), max_message_bytes_(max_message_bytes) {}

  // Overwrites `bytes` with unmasked payload.
  void feed(char* bytes, std::size_t size);

  // A message is under way: some of it has come, not its end.
  bool is_in_message() const { return message_ != Opcode::continuation; }
  // A message or a frame is under way.
  bool is_unfinished() const { return is_in_message() || in_payload_ || head_size_ > 0; }
  // Whether the message under way has grown by that much since the last call, or its start.
  bool has_grown_by(std::size_t bytes);

 private:
  static constexpr std::size_t kLongestHead = 14;

  // Of a message that came in pieces.
  struct Collected {
    explicit Collected(ByteBudget& shared) : budget(shared) {}
    Collected(const Collected&) = delete;
    Collected& operator=(const Collected&) = delete;
    ~Collected() { budget.give_back(taken); }

    ByteBudget& budget;
    std::size_t taken = 0;  // from the budget
    std::size_t seen = 0;   // bytes at the last has_grown_by
    std::string bytes;
  };

  bool read_head(char*& at, char* end);
  bool accept_head();
  bool take_payload(char*& at, char* end);
  bool end_frame(std::string_view payload);
  bool collect(std::string_view piece);
  bool violation(std::uint16_t code, std::string_view reason);
  std::string_view collected() const { return buffer_ ? std::string_view(buffer_->bytes) : ""; }

  FrameEvents& events_;
  std::unique_ptr<Collected> buffer_;
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
