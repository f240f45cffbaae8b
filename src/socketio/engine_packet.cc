#include "socketio/engine_packet.h"

#include "socketio/base64.h"

namespace parlor::socketio {

std::optional<EnginePacket> decode_engine_packet(std::string_view text) {
  if (text.empty() || text.front() < '0' || text.front() > '6') return std::nullopt;
  return EnginePacket{static_cast<EnginePacketType>(text.front()), text.substr(1)};
}

std::optional<std::string_view> PayloadReader::next() {
  if (done_) return std::nullopt;
  const auto end = rest_.find(kPayloadSeparator);
  const auto packet = rest_.substr(0, end);
  if (end == std::string_view::npos) {
    done_ = true;
  } else {
    rest_.remove_prefix(end + 1);
  }
  return packet;
}

std::string encode_payload(std::span<const MessagePtr> messages) {
  std::size_t size = 0;
  for (const auto& message : messages) size += message->size() * (message->binary() ? 2 : 1) + 2;
  std::string payload;
  payload.reserve(size);
  for (const auto& message : messages) {
    if (&message != messages.data()) payload += kPayloadSeparator;
    if (message->binary()) {
      payload += 'b';
      append_base64(payload, message->bytes());
    } else {
      payload += message->bytes();
    }
  }
  return payload;
}

}  // namespace parlor::socketio
