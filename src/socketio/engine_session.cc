#include "socketio/engine_session.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "socketio/base64.h"
#include "socketio/engine_packet.h"

namespace parlor::socketio {
namespace {

// Packets without data are the same for everybody.
const MessagePtr& ping_packet() {
  static const MessagePtr packet = make_text("2");
  return packet;
}

const MessagePtr& probe_answer() {
  static const MessagePtr packet = make_text("3probe");
  return packet;
}

constexpr std::string_view kNoop = "6";
constexpr std::string_view kClose = "1";

}  // namespace

void EngineSession::open_polling(std::string_view sid, Milliseconds now) {
  poll_pending_ = true;
  send_open_packet(sid, options_.allow_upgrade, now);
  flush();
}

void EngineSession::open_websocket(std::string_view sid, Milliseconds now) {
  transport_ = TransportState::websocket;
  send_open_packet(sid, false, now);
}

void EngineSession::send_open_packet(std::string_view sid, bool upgrades, Milliseconds now) {
  std::string packet = R"(0{"sid":")";
  packet += sid;
  packet += R"(","upgrades":[)";
  if (upgrades) packet += R"("websocket")";
  packet += R"(],"pingInterval":)" + std::to_string(options_.ping_interval_ms);
  packet += R"(,"pingTimeout":)" + std::to_string(options_.ping_timeout_ms);
  packet += R"(,"maxPayload":)" + std::to_string(options_.maximum_payload) + "}";
  send(make_text(std::move(packet)));
  schedule_ping(now);
}

void EngineSession::schedule_ping(Milliseconds now) {
  awaiting_pong_ = false;
  heartbeat_deadline_ = now + options_.ping_interval_ms;
}

// ---- polling ---------------------------------------------------------------------------------

EngineSession::Request EngineSession::poll_started(Milliseconds now) {
  on_time(now);  // a late timer must not revive a session that is over
  if (state_ == State::finished) return Request::finished;
  if (transport_ == TransportState::websocket) return Request::wrong_transport;
  if (poll_pending_) {
    abort(CloseReason::transport_error);
    return Request::overlap;
  }
  poll_pending_ = true;
  if (client_closed_) {
    answer(std::string(kNoop));
    finish();
  } else if (state_ == State::closing) {
    answer_with_buffer(true);
    finish();
  } else if (!buffer_.empty()) {
    answer_with_buffer(false);
  } else if (probed_) {
    answer(std::string(kNoop));
  }
  return Request::accepted;
}

void EngineSession::poll_aborted() {
  if (!poll_pending_) return;
  poll_pending_ = false;
  abort(CloseReason::transport_error);
}

EngineSession::Request EngineSession::post_started(Milliseconds now) {
  on_time(now);
  if (state_ == State::finished) return Request::finished;
  if (transport_ == TransportState::websocket) return Request::wrong_transport;
  if (posting_) {
    abort(CloseReason::transport_error);
    return Request::overlap;
  }
  posting_ = true;
  return Request::accepted;
}

bool EngineSession::post_finished(std::string_view body, Milliseconds now) {
  posting_ = false;
  if (state_ == State::finished) return false;
  if (!is_utf8(body)) {
    abort(CloseReason::parse_error);
    return false;
  }
  PayloadReader reader(body);
  // After the session has ended inside the payload, by its own close packet, the rest is ignored.
  while (auto packet = reader.next()) {
    if (!handle_packet(*packet, now)) return false;
    if (state_ != State::open) break;
  }
  return true;
}

void EngineSession::post_aborted() {
  if (!posting_) return;
  posting_ = false;
  if (transport_ != TransportState::websocket) abort(CloseReason::transport_error);
}

// ---- packets ---------------------------------------------------------------------------------

// False when the packet is an error, which has ended the session.
bool EngineSession::handle_packet(std::string_view text, Milliseconds now) {
  if (text.starts_with('b')) {
    const auto bytes = decode_base64(text.substr(1));
    if (bytes && state_ == State::open) host_.on_binary_message(*bytes);
    if (!bytes) abort(CloseReason::parse_error);
    return bytes.has_value();
  }
  const auto packet = decode_engine_packet(text);
  if (!packet) {
    abort(CloseReason::parse_error);
    return false;
  }
  switch (packet->type) {
    case EnginePacketType::message:
      if (state_ == State::open) host_.on_text_message(packet->data);
      return true;
    case EnginePacketType::pong:
      schedule_ping(now);
      return true;
    case EnginePacketType::close:
      end_by_client(now);
      return true;
    case EnginePacketType::ping:  // in v4 only the server pings
      abort(CloseReason::transport_error);
      return false;
    case EnginePacketType::open:
    case EnginePacketType::upgrade:
    case EnginePacketType::noop:
      return true;
  }
  return true;
}

// The client's close packet.
void EngineSession::end_by_client(Milliseconds now) {
  if (poll_pending_)
    answer(std::string(kNoop));
  else if (transport_ == TransportState::polling && state_ == State::open) {
    client_closed_ = true;
    heartbeat_deadline_ = kNever;
    other_deadline_ = now + options_.late_poll_ms;
    return end_application(CloseReason::transport_close);
  }
  abort(CloseReason::transport_close);
}

// ---- WebSocket -------------------------------------------------------------------------------

bool EngineSession::upgrade_started(Milliseconds now) {
  on_time(now);
  if (state_ != State::open || transport_ != TransportState::polling || !options_.allow_upgrade) {
    return false;
  }
  transport_ = TransportState::upgrading;
  probed_ = false;
  other_deadline_ = now + options_.upgrade_timeout_ms;
  return true;
}

void EngineSession::on_text_frame(std::string_view text, Milliseconds now) {
  if (state_ == State::finished) return;
  if (transport_ == TransportState::upgrading) {
    handle_upgrade_frame(text, now);
  } else if (transport_ == TransportState::websocket) {
    handle_packet(text, now);
  }
}

void EngineSession::handle_upgrade_frame(std::string_view text, Milliseconds now) {
  if (text == "2probe") {
    probed_ = true;
    host_.send_frame(probe_answer());
    if (poll_pending_) answer(std::string(kNoop));
  } else if (text.starts_with('5')) {
    complete_upgrade(now);
  } else {
    host_.close_websocket();
    abandon_upgrade();
  }
}

void EngineSession::complete_upgrade(Milliseconds now) {
  if (poll_pending_) answer(std::string(kNoop));
  transport_ = TransportState::websocket;
  probed_ = false;
  other_deadline_ = kNever;
  // The ping may have left with the last poll, whose answer is still on its way.
  if (awaiting_pong_) heartbeat_deadline_ = now + options_.ping_timeout_ms;
  for (const auto& message : std::exchange(buffer_, {})) host_.send_frame(message);
  buffered_bytes_ = 0;
  if (state_ == State::closing) finish();
}

void EngineSession::abandon_upgrade() {
  transport_ = TransportState::polling;
  probed_ = false;
  if (state_ == State::open) other_deadline_ = kNever;
}

void EngineSession::on_binary_frame(std::string_view bytes) {
  if (state_ == State::finished) return;
  if (transport_ == TransportState::upgrading) {
    host_.close_websocket();
    abandon_upgrade();
  } else if (transport_ == TransportState::websocket && state_ == State::open) {
    host_.on_binary_message(bytes);
  }
}

void EngineSession::websocket_closed(CloseReason reason) {
  if (state_ == State::finished) return;
  if (transport_ == TransportState::upgrading) {
    abandon_upgrade();
  } else if (transport_ == TransportState::websocket) {
    transport_ = TransportState::polling;  // nothing to close any more
    abort(reason);
  }
}

// ---- both ------------------------------------------------------------------------------------

void EngineSession::send(const MessagePtr& message) {
  if (state_ != State::open) return;
  if (transport_ == TransportState::websocket) {
    host_.send_frame(message);
    return;
  }
  if (overflowed_) return;
  if (buffered_bytes_ + message->size() > options_.maximum_buffered) {
    overflowed_ = true;
    host_.on_overflow();
    return;
  }
  buffer_.push_back(message);
  buffered_bytes_ += static_cast<std::uint32_t>(message->size());
  if (poll_pending_ && !flush_requested_) {
    flush_requested_ = true;
    host_.request_flush();
  }
}

void EngineSession::flush() {
  flush_requested_ = false;
  if (state_ == State::finished || !poll_pending_ || buffer_.empty()) return;
  answer_with_buffer(false);
}

void EngineSession::answer(std::string payload) {
  poll_pending_ = false;
  host_.answer_poll(std::move(payload));
}

void EngineSession::answer_with_buffer(bool and_close) {
  std::string payload = encode_payload(buffer_);
  std::vector<MessagePtr>().swap(buffer_);
  buffered_bytes_ = 0;
  if (and_close) {
    if (!payload.empty()) payload += kPayloadSeparator;
    payload += kClose;
  }
  answer(std::move(payload));
}

void EngineSession::close(CloseReason reason, Milliseconds now) {
  if (state_ != State::open) return;
  end_application(reason);
  if (state_ == State::finished) return;
  if (transport_ == TransportState::websocket) {
    finish();
  } else if (poll_pending_) {
    answer_with_buffer(true);
    finish();
  } else {
    heartbeat_deadline_ = kNever;
    other_deadline_ = now + options_.close_timeout_ms;
  }
}

void EngineSession::abort(CloseReason reason) {
  if (state_ == State::finished) return;
  if (poll_pending_) answer(std::string(kClose));
  end_application(reason);
  finish();
}

void EngineSession::end_application(CloseReason reason) {
  if (state_ != State::open) return;
  state_ = State::closing;
  host_.on_session_close(reason);
}

void EngineSession::finish() {
  if (state_ == State::finished) return;
  state_ = State::finished;
  heartbeat_deadline_ = kNever;
  other_deadline_ = kNever;
  std::vector<MessagePtr>().swap(buffer_);
  buffered_bytes_ = 0;
  if (transport_ != TransportState::polling) host_.close_websocket();
  host_.on_finished();
}

Milliseconds EngineSession::deadline() const {
  return std::min(heartbeat_deadline_, other_deadline_);
}

void EngineSession::on_time(Milliseconds now) {
  if (state_ == State::open && now >= heartbeat_deadline_ && !awaiting_pong_) {
    awaiting_pong_ = true;
    // Counted from when the ping was due, not from when a late timer fired: delays do not add up.
    // A timer that was late by more than that (the machine slept) gives the client its whole time.
    const auto late = now - heartbeat_deadline_;
    const auto sent_at = late < options_.ping_timeout_ms ? heartbeat_deadline_ : now;
    heartbeat_deadline_ = sent_at + options_.ping_timeout_ms;
    send(ping_packet());
  }
  if (state_ == State::open && now >= heartbeat_deadline_) {
    abort(CloseReason::ping_timeout);
    return;
  }
  if (now < other_deadline_) return;
  other_deadline_ = kNever;
  if (state_ == State::closing) {
    finish();
  } else if (transport_ == TransportState::upgrading) {
    host_.close_websocket();
    abandon_upgrade();
  }
}

}  // namespace parlor::socketio
