#include "socketio/connection.h"

#include <algorithm>
#include <utility>

#include "socketio/json_text.h"

namespace parlor::socketio {

struct Connection::Assembly {
  explicit Assembly(ConnectionHost& keeper) : host(keeper) {}
  ~Assembly() { host.release(held); }
  Assembly(const Assembly&) = delete;
  Assembly& operator=(const Assembly&) = delete;

  bool hold(std::size_t bytes) {
    if (!host.hold(bytes)) return false;
    held += bytes;
    return true;
  }

  ConnectionHost& host;
  std::size_t held = 0;
  std::string text;
  std::size_t awaited = 0;
  std::vector<MessagePtr> attachments;
  Milliseconds deadline = kNever;
};

Connection::Connection(ConnectionHost& host, Milliseconds connect_deadline)
    : host_(host), connect_deadline_(connect_deadline) {}

Connection::~Connection() = default;

Connection::Membership* Connection::find(NamespaceIndex nsp) {
  const auto at = std::ranges::find(members_, nsp, &Membership::nsp);
  return at == members_.end() ? nullptr : &*at;
}

const Connection::Membership* Connection::find(NamespaceIndex nsp) const {
  const auto at = std::ranges::find(members_, nsp, &Membership::nsp);
  return at == members_.end() ? nullptr : &*at;
}

bool Connection::is_connected(NamespaceIndex nsp) const {
  const auto* const member = find(nsp);
  return member && member->connected;
}

// ---- from the client -------------------------------------------------------------------------

void Connection::on_text(std::string_view text, Milliseconds now) {
  if (closed_) return;
  if (assembly_) return host_.close(CloseReason::parse_error);  // attachments are awaited
  const auto packet = decode_packet(text);
  if (!packet) return host_.close(CloseReason::parse_error);
  if (packet->attachments == 0) return handle(*packet, {});
  // Whoever has joined nothing is given nothing to keep.
  if (!member_for(*packet)) return host_.close(CloseReason::parse_error);
  auto assembly = std::make_unique<Assembly>(host_);
  if (!assembly->hold(text.size())) return host_.close(CloseReason::incomplete_packet);
  assembly->text = text;
  assembly->awaited = static_cast<std::size_t>(packet->attachments);
  assembly->deadline = now + kAttachmentTimeout;
  assembly_ = std::move(assembly);
}

void Connection::on_binary(std::string_view bytes, Milliseconds now) {
  if (closed_) return;
  if (!assembly_) return host_.close(CloseReason::parse_error);
  if (!assembly_->hold(bytes.size())) return host_.close(CloseReason::incomplete_packet);
  assembly_->deadline = now + kAttachmentTimeout;
  assembly_->attachments.push_back(make_binary(std::string(bytes)));
  if (assembly_->attachments.size() < assembly_->awaited) return;
  const auto complete = std::move(assembly_);
  // Decoding again costs less than keeping offsets for packets that are rare.
  if (const auto packet = decode_packet(complete->text)) handle(*packet, complete->attachments);
}

// Null when it is for a namespace that has not been joined.
Connection::Membership* Connection::member_for(const Packet& packet) {
  const auto nsp = host_.find_namespace(packet.nsp);
  auto* const member = nsp ? find(*nsp) : nullptr;
  return member && member->connected ? member : nullptr;
}

void Connection::handle(const Packet& packet, std::span<const MessagePtr> attachments) {
  if (packet.type == PacketType::connect) return handle_connect(packet);
  auto* const member = member_for(packet);
  if (!member || packet.type == PacketType::connect_error) {
    return host_.close(CloseReason::parse_error);
  }
  const ArgumentsView arguments(packet.arguments, attachments);
  switch (packet.type) {
    case PacketType::disconnect:
      return remove(member->nsp, CloseReason::client_namespace_disconnect);
    case PacketType::event:
    case PacketType::binary_event:
      return handle_event(member->nsp, packet, arguments);
    case PacketType::ack:
    case PacketType::binary_ack:
      return handle_ack(*member, packet, arguments);
    case PacketType::connect:
    case PacketType::connect_error:
      break;
  }
}

void Connection::handle_connect(const Packet& packet) {
  const auto nsp = host_.find_namespace(packet.nsp);
  if (!nsp) return host_.send(encode_connect_error(packet.nsp, "Invalid namespace", ""));
  if (find(*nsp)) return host_.close(CloseReason::parse_error);
  members_.push_back({*nsp, false, {}});
  host_.on_connect(*nsp, packet.payload);
}

void Connection::handle_event(NamespaceIndex nsp, const Packet& packet, ArgumentsView arguments) {
  const auto literal = packet.event_name;
  const bool is_plain = literal.front() != '"' || literal.find('\\') == std::string_view::npos;
  IncomingEvent event{literal, arguments, packet.ack_id};
  std::string decoded;
  if (!is_plain) {
    decoded = decode_json_string(literal).value_or("");
    event.name = decoded;
  } else if (literal.front() == '"') {
    event.name = literal.substr(1, literal.size() - 2);
  }
  host_.on_event(nsp, event);
}

void Connection::handle_ack(Membership& member, const Packet& packet, ArgumentsView arguments) {
  if (!packet.ack_id) return;
  const auto at = std::ranges::find(member.acks, *packet.ack_id, &PendingAck::id);
  if (at == member.acks.end()) return;  // too late, or never asked for
  const auto callback = std::move(at->callback);
  member.acks.erase(at);
  if (member.acks.empty()) std::vector<PendingAck>().swap(member.acks);
  callback(arguments);
}

// ---- from the application --------------------------------------------------------------------

bool Connection::accept(NamespaceIndex nsp, std::string_view sid) {
  auto* const member = find(nsp);
  if (closed_ || !member || member->connected) return false;
  member->connected = true;
  connect_deadline_ = kNever;
  host_.send(encode_connect(host_.namespace_name(nsp), sid));
  return true;
}

void Connection::refuse(NamespaceIndex nsp, std::string_view message, std::string_view data_json) {
  auto* const member = find(nsp);
  if (closed_ || !member || member->connected) return;
  std::erase_if(members_, [nsp](const Membership& other) { return other.nsp == nsp; });
  host_.send(encode_connect_error(host_.namespace_name(nsp), message, data_json));
}

void Connection::send(const EncodedPacket& packet) {
  host_.send(packet.text);
  for (const auto& attachment : packet.attachments) host_.send(attachment);
}

void Connection::emit(NamespaceIndex nsp, std::string_view name, ArgumentsView arguments) {
  if (closed_ || !is_connected(nsp)) return;
  send(encode_event(host_.namespace_name(nsp), name, arguments));
}

bool Connection::expect_ack(NamespaceIndex nsp, std::uint64_t ack_id, Milliseconds deadline,
                            AckCallback callback) {
  auto* const member = find(nsp);
  if (closed_ || !member || !member->connected) {
    callback(fail(ErrorCode::gone, "the client has disconnected"));
    return false;
  }
  if (member->acks.size() >= kMaximumPendingAcks) {
    callback(fail(ErrorCode::unavailable, "too many answers of the client are awaited"));
    return false;
  }
  member->acks.push_back({ack_id, deadline, std::move(callback)});
  return true;
}

void Connection::ack(NamespaceIndex nsp, std::uint64_t ack_id, ArgumentsView arguments) {
  if (closed_ || !is_connected(nsp)) return;
  send(encode_ack(host_.namespace_name(nsp), ack_id, arguments));
}

void Connection::disconnect(NamespaceIndex nsp) {
  const auto* const member = find(nsp);
  if (closed_ || !member) return;
  host_.send(encode_disconnect(host_.namespace_name(nsp)));
  remove(nsp, CloseReason::server_namespace_disconnect);
}

void Connection::remove(NamespaceIndex nsp, CloseReason reason) {
  const auto at = std::ranges::find(members_, nsp, &Membership::nsp);
  if (at == members_.end()) return;
  const auto acks = std::move(at->acks);
  members_.erase(at);
  host_.on_disconnect(nsp, reason);
  for (const auto& pending : acks) {
    pending.callback(fail(ErrorCode::gone, "the client has disconnected"));
  }
}

void Connection::on_closed(CloseReason reason) {
  if (closed_) return;
  closed_ = true;
  connect_deadline_ = kNever;
  assembly_.reset();
  while (!members_.empty()) remove(members_.front().nsp, reason);
}

// ---- time ------------------------------------------------------------------------------------

Milliseconds Connection::deadline() const {
  Milliseconds earliest = connect_deadline_;
  if (assembly_) earliest = std::min(earliest, assembly_->deadline);
  for (const auto& member : members_) {
    for (const auto& pending : member.acks) earliest = std::min(earliest, pending.deadline);
  }
  return earliest;
}

void Connection::on_time(Milliseconds now) {
  if (now >= connect_deadline_) {
    connect_deadline_ = kNever;
    return host_.close(CloseReason::connect_timeout);
  }
  if (assembly_ && now >= assembly_->deadline) {
    return host_.close(CloseReason::incomplete_packet);
  }
  std::vector<PendingAck> expired;
  for (auto& member : members_) {
    const auto first =
        std::stable_partition(member.acks.begin(), member.acks.end(),
                              [now](const PendingAck& pending) { return pending.deadline > now; });
    std::move(first, member.acks.end(), std::back_inserter(expired));
    member.acks.erase(first, member.acks.end());
  }
  for (const auto& pending : expired) {
    pending.callback(fail(ErrorCode::unavailable, "the client did not answer in time"));
  }
}

}  // namespace parlor::socketio
