// The Socket.IO packet format (socket.io-protocol v5, "Packet encoding").
//
//   <type>[<attachments>-][<namespace>,][<ack id>][<JSON>]        + one binary packet an attachment
//
//   2["foo"]      0/admin,{"sid":"…"}      212["foo"]      51-["baz",{"_placeholder":true,"num":0}]
//
// The namespace is left out when it is "/", and may end the packet without a comma.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "socketio/arguments.h"
#include "socketio/message.h"

namespace parlor::socketio {

enum class PacketType : char {
  connect = '0',
  disconnect = '1',
  event = '2',
  ack = '3',
  connect_error = '4',
  binary_event = '5',
  binary_ack = '6',
};

inline constexpr int kMaximumAttachments = 10;
inline constexpr std::size_t kMaximumNamespaceSize = 512;

// A packet from a client, checked. All views are into the text that it was decoded from.
struct Packet {
  PacketType type = PacketType::connect;
  int attachments = 0;
  std::string_view nsp = "/";
  std::optional<std::uint64_t> ack_id;
  std::string_view payload;     // CONNECT: the auth object's JSON, or empty
  std::string_view event_name;  // EVENT: as the JSON literal that it came as
  std::string_view arguments;   // EVENT, ACK: the other elements, with commas between
};

// Fails (invalid) on everything that the protocol closes a connection for: an unknown type, JSON
// that does not parse or is nested too deep, a payload of the wrong shape, a reserved event name,
// too many attachments, a placeholder out of range.
Result<Packet> decode_packet(std::string_view text);

// A packet ready for the transports: its text (with Engine.IO's leading "4"), then its attachments.
struct EncodedPacket {
  MessagePtr text;
  std::vector<MessagePtr> attachments;

  std::size_t size() const;
};

EncodedPacket encode_event(std::string_view nsp, std::string_view name, ArgumentsView arguments,
                           std::optional<std::uint64_t> ack_id = std::nullopt);
EncodedPacket encode_ack(std::string_view nsp, std::uint64_t ack_id, ArgumentsView arguments);
MessagePtr encode_connect(std::string_view nsp, std::string_view sid);
// `data_json`: any JSON, or empty.
MessagePtr encode_connect_error(std::string_view nsp, std::string_view message,
                                std::string_view data_json);
MessagePtr encode_disconnect(std::string_view nsp);

}  // namespace parlor::socketio
