#include "net/websocket_decoder.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace parlor::net {
namespace {

constexpr std::uint64_t kLongestControl = 125;

bool is_control(Opcode opcode) { return (static_cast<int>(opcode) & 0x8) != 0; }

// `position`: the place of the first byte in the masking key.
void unmask(char* bytes, std::size_t size, const unsigned char* key, std::size_t position) {
  unsigned char rotated[8];
  for (std::size_t i = 0; i < 8; ++i) rotated[i] = key[(position + i) & 3];
  std::uint64_t word_key;
  std::memcpy(&word_key, rotated, 8);
  std::size_t i = 0;
  for (; i + 8 <= size; i += 8) {
    std::uint64_t word;
    std::memcpy(&word, bytes + i, 8);
    word ^= word_key;
    std::memcpy(bytes + i, &word, 8);
  }
  for (; i < size; ++i) bytes[i] = static_cast<char>(bytes[i] ^ rotated[i & 7]);
}

}  // namespace

void FrameDecoder::feed(char* bytes, std::size_t size) {
  char* at = bytes;
  char* const end = bytes + size;
  while (!has_ended_) {
    if (!in_payload_ && !read_head(at, end)) return;
    if (!take_payload(at, end)) return;
  }
}

// True when the head is complete and accepted.
bool FrameDecoder::read_head(char*& at, char* end) {
  while (true) {
    std::size_t wanted = 2;
    if (head_size_ >= 2) {
      const int length = head_[1] & 0x7F;
      wanted += 4 + (length == 126 ? 2 : length == 127 ? 8 : 0);
      // Checked before the rest has come, so that a client in the clear learns it at once.
      if ((head_[1] & 0x80) == 0) return violation(1002, "frames must be masked");
    }
    if (head_size_ >= 2 && head_size_ == wanted) return accept_head();
    const auto count = std::min<std::size_t>(wanted - head_size_, end - at);
    if (count == 0) return false;
    std::memcpy(head_ + head_size_, at, count);
    head_size_ = static_cast<std::uint8_t>(head_size_ + count);
    at += count;
  }
}

bool FrameDecoder::accept_head() {
  const int short_length = head_[1] & 0x7F;
  const int length_bytes = short_length == 126 ? 2 : short_length == 127 ? 8 : 0;
  std::uint64_t length = length_bytes == 0 ? short_length : 0;
  for (int i = 0; i < length_bytes; ++i) length = length << 8 | head_[2 + i];

  opcode_ = static_cast<Opcode>(head_[0] & 0x0F);
  is_final_ = (head_[0] & 0x80) != 0;
  if ((head_[0] & 0x70) != 0) return violation(1002, "reserved bits are set");
  if ((length_bytes == 2 && length < 126) || (length_bytes == 8 && length < 65536) ||
      length >> 63 != 0) {
    return violation(1002, "malformed length");
  }
  switch (opcode_) {
    case Opcode::continuation:
      if (message_ == Opcode::continuation) return violation(1002, "nothing to continue");
      break;
    case Opcode::text:
    case Opcode::binary:
      if (message_ != Opcode::continuation) return violation(1002, "message inside a message");
      message_ = opcode_;
      break;
    case Opcode::close:
    case Opcode::ping:
    case Opcode::pong:
      if (!is_final_) return violation(1002, "fragmented control frame");
      if (length > kLongestControl) return violation(1002, "control frame too long");
      break;
    default:
      return violation(1002, "reserved opcode");
  }
  if (!is_control(opcode_) &&
      length >
          max_message_bytes_ - std::min<std::uint64_t>(collected().size(), max_message_bytes_)) {
    return violation(1009, "message too big");
  }
  std::memmove(head_, head_ + 2 + length_bytes, 4);  // the masking key alone
  remaining_ = static_cast<std::uint32_t>(length);
  key_at_ = 0;
  in_payload_ = true;
  return true;
}

// True when the frame is complete and decoding goes on.
bool FrameDecoder::take_payload(char*& at, char* end) {
  const auto count = std::min<std::size_t>(remaining_, end - at);
  unmask(at, count, head_, key_at_);
  const std::string_view piece(at, count);
  at += count;
  key_at_ = static_cast<std::uint8_t>((key_at_ + count) & 3);
  remaining_ -= static_cast<std::uint32_t>(count);

  if (message_ == Opcode::text && !is_control(opcode_) && !utf8_.feed(piece)) {
    return violation(1007, "text is not UTF-8");
  }
  if (remaining_ > 0) {
    if (!piece.empty()) collect(piece);
    return false;
  }
  return end_frame(piece);
}

// `last` is the end of the frame's payload that has not been collected.
bool FrameDecoder::end_frame(std::string_view last) {
  in_payload_ = false;
  head_size_ = 0;
  if (is_control(opcode_)) {
    if (control_) {
      control_->append(last);
      last = *control_;
    }
    has_ended_ = !events_.on_control(opcode_, last);
    control_.reset();
    return !has_ended_;
  }
  if (!is_final_) {
    return collect(last);
  }
  if (message_ == Opcode::text && !utf8_.is_complete()) {
    return violation(1007, "text is not UTF-8");
  }
  if (buffer_) {
    buffer_->bytes += last;
    last = buffer_->bytes;
  }
  utf8_.reset();
  const auto message = std::move(buffer_);
  const Opcode kind = std::exchange(message_, Opcode::continuation);
  has_ended_ = !events_.on_message(kind, last);
  return !has_ended_;
}

// False: there is no room for it now, and decoding has ended.
bool FrameDecoder::collect(std::string_view piece) {
  if (is_control(opcode_)) {
    if (!control_) control_ = std::make_unique<std::string>();
    control_->append(piece);
    return true;
  }
  if (!buffer_) buffer_ = std::make_unique<Collected>(events_.incoming_budget());
  if (!buffer_->budget.take(piece.size())) return violation(1013, "too much is on its way");
  buffer_->taken += piece.size();
  buffer_->bytes += piece;
  return true;
}

bool FrameDecoder::has_grown_by(std::size_t bytes) {
  if (!buffer_) return false;
  const std::size_t before = std::exchange(buffer_->seen, buffer_->bytes.size());
  return buffer_->bytes.size() - before >= bytes;
}

bool FrameDecoder::violation(std::uint16_t code, std::string_view reason) {
  has_ended_ = true;
  buffer_.reset();
  control_.reset();
  events_.on_violation(code, reason);
  return false;
}

}  // namespace parlor::net
