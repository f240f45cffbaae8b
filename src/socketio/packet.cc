#include "socketio/packet.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "socketio/json_text.h"

namespace parlor::socketio {
namespace {

// Names that mean something else to clients' libraries.
constexpr std::array<std::string_view, 6> kReservedEvents = {
    "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"};

constexpr std::size_t kMaximumAckDigits = 15;  // below 2^53, what JavaScript counts to

Failure malformed(std::string_view what) { return fail(ErrorCode::invalid, std::string(what)); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_binary(PacketType type) {
  return type == PacketType::binary_event || type == PacketType::binary_ack;
}

std::string_view take_digits(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  const auto digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(digits.size());
  return digits;
}

Result<Ok> take_attachments(std::string_view& text, Packet& packet) {
  const auto digits = take_digits(text);
  if (digits.empty() || digits.size() > 4 || !text.starts_with('-')) {
    return malformed("illegal number of attachments");
  }
  text.remove_prefix(1);
  std::from_chars(digits.data(), digits.data() + digits.size(), packet.attachments);
  if (packet.attachments > kMaximumAttachments) return malformed("too many attachments");
  return Ok{};
}

Result<Ok> take_namespace(std::string_view& text, Packet& packet) {
  if (!text.starts_with('/')) return Ok{};
  packet.nsp = text.substr(0, text.find(','));
  if (packet.nsp.size() > kMaximumNamespaceSize) return malformed("the namespace is too long");
  text.remove_prefix(std::min(text.size(), packet.nsp.size() + 1));
  return Ok{};
}

Result<Ok> take_ack_id(std::string_view& text, Packet& packet) {
  const auto digits = take_digits(text);
  if (digits.empty()) return Ok{};
  if (digits.size() > kMaximumAckDigits) return malformed("the ack id is too large");
  std::uint64_t id = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), id);
  packet.ack_id = id;
  return Ok{};
}

Result<Ok> check_event(const JsonFacts& facts, Packet& packet) {
  if (facts.kind != JsonKind::array || facts.is_empty) {
    return malformed("an event must be a non-empty array");
  }
  if (facts.first_kind != JsonKind::string && facts.first_kind != JsonKind::number) {
    return malformed("an event's name must be a string or a number");
  }
  if (facts.first_kind == JsonKind::string) {
    const auto name = decode_json_string(facts.first);
    if (!name || std::ranges::find(kReservedEvents, *name) != kReservedEvents.end()) {
      return malformed("the event's name is reserved");
    }
  }
  packet.event_name = facts.first;
  packet.arguments = facts.rest;
  return Ok{};
}

Result<Ok> check_ack(std::string_view payload, const JsonFacts& facts, Packet& packet) {
  if (facts.kind != JsonKind::array) return malformed("an ack must be an array");
  const auto begin = payload.find('[') + 1;
  packet.arguments = payload.substr(begin, payload.rfind(']') - begin);
  if (facts.is_empty) packet.arguments = {};
  return Ok{};
}

Result<Ok> check_payload(std::string_view payload, Packet& packet) {
  if (payload.empty()) {
    if (packet.type == PacketType::connect || packet.type == PacketType::disconnect) return Ok{};
    return malformed("the payload is missing");
  }
  if (packet.type == PacketType::disconnect) return malformed("DISCONNECT has no payload");
  const auto facts = check_json(payload, is_binary(packet.type) ? packet.attachments : -1);
  if (!facts) return malformed("the payload is not valid JSON");
  switch (packet.type) {
    case PacketType::connect:
    case PacketType::connect_error:
      packet.payload = payload;
      if (facts->kind != JsonKind::object) return malformed("the payload must be an object");
      return Ok{};
    case PacketType::event:
    case PacketType::binary_event:
      return check_event(*facts, packet);
    case PacketType::ack:
    case PacketType::binary_ack:
      return check_ack(payload, *facts, packet);
    case PacketType::disconnect:
      break;
  }
  return Ok{};
}

std::string packet_head(PacketType type, std::size_t attachments, std::string_view nsp,
                        std::optional<std::uint64_t> ack_id, std::size_t payload_size) {
  std::string head;
  head.reserve(payload_size + nsp.size() + 24);
  head += '4';
  head += static_cast<char>(type);
  if (attachments > 0) head += std::to_string(attachments) + "-";
  if (nsp != "/") {
    head += nsp;
    head += ',';
  }
  if (ack_id) head += std::to_string(*ack_id);
  return head;
}

EncodedPacket finish(std::string text, ArgumentsView arguments) {
  return {make_text(std::move(text)),
          {arguments.attachments().begin(), arguments.attachments().end()}};
}

}  // namespace

Result<Packet> decode_packet(std::string_view text) {
  Packet packet;
  if (text.empty() || text.front() < '0' || text.front() > '6') {
    return malformed("unknown packet type");
  }
  packet.type = static_cast<PacketType>(text.front());
  text.remove_prefix(1);
  if (is_binary(packet.type)) {
    if (auto taken = take_attachments(text, packet); !taken) return taken.failure();
  }
  if (auto taken = take_namespace(text, packet); !taken) return taken.failure();
  if (auto taken = take_ack_id(text, packet); !taken) return taken.failure();
  if (auto checked = check_payload(text, packet); !checked) return checked.failure();
  return packet;
}

std::size_t EncodedPacket::size() const {
  std::size_t total = text->size();
  for (const auto& attachment : attachments) total += attachment->size();
  return total;
}

EncodedPacket encode_event(std::string_view nsp, std::string_view name, ArgumentsView arguments,
                           std::optional<std::uint64_t> ack_id) {
  const auto attachments = arguments.attachments().size();
  auto text = packet_head(attachments > 0 ? PacketType::binary_event : PacketType::event,
                          attachments, nsp, ack_id, name.size() + arguments.json_text().size());
  text += '[';
  append_json_string(text, name);
  if (!arguments.empty()) {
    text += ',';
    text += arguments.json_text();
  }
  text += ']';
  return finish(std::move(text), arguments);
}

EncodedPacket encode_ack(std::string_view nsp, std::uint64_t ack_id, ArgumentsView arguments) {
  const auto attachments = arguments.attachments().size();
  auto text = packet_head(attachments > 0 ? PacketType::binary_ack : PacketType::ack, attachments,
                          nsp, ack_id, arguments.json_text().size());
  text += '[';
  text += arguments.json_text();
  text += ']';
  return finish(std::move(text), arguments);
}

MessagePtr encode_connect(std::string_view nsp, std::string_view sid) {
  auto text = packet_head(PacketType::connect, 0, nsp, std::nullopt, sid.size() + 10);
  text += R"({"sid":)";
  append_json_string(text, sid);
  text += '}';
  return make_text(std::move(text));
}

MessagePtr encode_connect_error(std::string_view nsp, std::string_view message,
                                std::string_view data_json) {
  auto text = packet_head(PacketType::connect_error, 0, nsp, std::nullopt, message.size() + 40);
  text += R"({"message":)";
  append_json_string(text, message);
  if (!data_json.empty()) {
    text += R"(,"data":)";
    text += data_json;
  }
  text += '}';
  return make_text(std::move(text));
}

MessagePtr encode_disconnect(std::string_view nsp) {
  return make_text(packet_head(PacketType::disconnect, 0, nsp, std::nullopt, 0));
}

}  // namespace parlor::socketio
