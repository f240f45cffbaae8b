// The Engine.IO packet and payload formats (engine.io-protocol v4, "Packet encoding").
//
//   text packet      <type><data>                         4hello
//   binary packet    raw bytes over WebSocket, b<base64> in a payload; from clients over both
//   payload          <packet>[ 0x1e <packet> ]…           4hello 0x1e bAQID 0x1e 2
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "socketio/message.h"

namespace parlor::socketio {

enum class EnginePacketType : char {
  open = '0',
  close = '1',
  ping = '2',
  pong = '3',
  message = '4',
  upgrade = '5',
  noop = '6',
};

struct EnginePacket {
  EnginePacketType type = EnginePacketType::noop;
  std::string_view data;  // views the text that was decoded
};

// Nothing when the text is empty or its type unknown.
std::optional<EnginePacket> decode_engine_packet(std::string_view text);

inline constexpr char kPayloadSeparator = '\x1e';

// Cuts a payload into packets, from the front: a loop over next() until it returns nothing. An
// empty payload has one empty packet.
class PayloadReader {
 public:
  explicit PayloadReader(std::string_view payload) : rest_(payload) {}
  std::optional<std::string_view> next();

 private:
  std::string_view rest_;
  bool done_ = false;
};

std::string encode_payload(std::span<const MessagePtr> messages);

}  // namespace parlor::socketio
