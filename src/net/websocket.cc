#include "net/websocket.h"

#include <algorithm>

#include "base/utf8.h"
#include "net/connection.h"
#include "net/shard_server.h"

namespace parlor::net {
namespace {

constexpr std::size_t kLongestReason = 123;

// RFC 6455, section 7.4: what a close frame may carry.
bool is_valid_code(int code) {
  if (code >= 3000 && code <= 4999) return true;
  return code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006;
}

// At most `most` bytes, no character cut in half.
std::string_view cut(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return text.substr(0, most);
}

}  // namespace

struct WebSocket::Outcome {
  CloseCause cause;
  std::uint16_t code;
  std::string reason;
};

WebSocket::WebSocket(Connection& connection, WebSocketHandler* handler)
    : connection_(connection),
      handler_(handler),
      decoder_(*this, static_cast<std::uint32_t>(std::min<std::size_t>(
                          connection.server().shared().options.max_message_bytes, UINT32_MAX))) {}

WebSocket::~WebSocket() = default;

void WebSocket::send(const Slice& frames) {
  if (state_ != State::open) return;
  connection_.send(frames);
  const std::size_t most = connection_.server().shared().options.max_outgoing_bytes;
  if (connection_.queued_bytes() <= most) return;
  // Much within one turn is no sign of a slow peer: only what its socket does not take counts.
  connection_.flush();
  if (connection_.queued_bytes() > most) end_as_slow_consumer();
}

void WebSocket::end_as_slow_consumer() {
  connection_.server().shared().metrics.slow_consumers.fetch_add(1, std::memory_order_relaxed);
  remember(CloseCause::slow_consumer, 1006, "slow consumer");
  state_ = State::closed;
  connection_.end(CloseCause::slow_consumer);
}

void WebSocket::send_text(std::string_view payload) {
  if (state_ == State::open) send(shard().frame(Opcode::text, payload));
}

void WebSocket::send_binary(std::string_view payload) {
  if (state_ == State::open) send(shard().frame(Opcode::binary, payload));
}

void WebSocket::close(std::uint16_t code, std::string_view reason) {
  if (state_ != State::open) return;
  remember(CloseCause::local, code, cut(reason, kLongestReason));
  send_close(code, reason);
  state_ = State::closing;
  connection_.set_timer(connection_.server().shared().options.close_timeout_ms);
}

void WebSocket::abort() {
  if (state_ == State::closed) return;
  remember(CloseCause::aborted, 1006, "");
  state_ = State::closed;
  connection_.end(CloseCause::aborted);
}

std::size_t WebSocket::queued_bytes() const { return connection_.queued_bytes(); }
bool WebSocket::is_congested() const { return connection_.is_blocked(); }
Shard& WebSocket::shard() const { return connection_.server().shard(); }

void WebSocket::send_close(std::uint16_t code, std::string_view reason) {
  std::string payload;
  if (code != 1005) {
    payload += static_cast<char>(code >> 8);
    payload += static_cast<char>(code & 0xFF);
    payload += cut(reason, kLongestReason);
  }
  connection_.send(shard().frame(Opcode::close, payload));
}

// The first cause is the one that on_close reports.
void WebSocket::remember(CloseCause cause, std::uint16_t code, std::string_view reason) {
  if (!outcome_) outcome_ = std::make_unique<Outcome>(Outcome{cause, code, std::string(reason)});
}

void WebSocket::on_read(char* bytes, std::size_t size) {
  decoder_.feed(bytes, size);
  if (state_ != State::open) return;
  if (!decoder_.is_unfinished()) return connection_.stop_timer();
  connection_.start_timer(connection_.server().shared().options.body_window_ms);
}

// While open the timer runs when a message or a frame is under way; then it is the close
// handshake's.
void WebSocket::on_timer() {
  if (state_ != State::open) return connection_.end(CloseCause::local);
  const auto& options = connection_.server().shared().options;
  if (decoder_.has_grown_by(options.body_window_bytes)) {
    return connection_.set_timer(options.body_window_ms);
  }
  connection_.server().shared().metrics.timeouts.fetch_add(1, std::memory_order_relaxed);
  on_violation(1008, "the message came too slowly");
}

// What comes behind a whole message or frame has its own time. A control frame between the pieces
// of a message does not give it more.
void WebSocket::end_window() {
  if (state_ == State::open && !decoder_.is_in_message()) connection_.stop_timer();
}

ByteBudget& WebSocket::incoming_budget() { return connection_.server().shared().incoming; }

bool WebSocket::on_message(Opcode opcode, std::string_view payload) {
  end_window();
  connection_.server().shared().metrics.messages_in.fetch_add(1, std::memory_order_relaxed);
  if (state_ != State::open || !handler_) return state_ != State::closed;
  if (opcode == Opcode::text) {
    handler_->on_text(payload);
  } else {
    handler_->on_binary(payload);
  }
  return state_ != State::closed;
}

bool WebSocket::on_control(Opcode opcode, std::string_view payload) {
  end_window();
  switch (opcode) {
    case Opcode::ping:
      // A peer that pings and does not read is bounded like any other.
      send(state_ == State::open ? shard().frame(Opcode::pong, payload) : Slice());
      return state_ != State::closed;
    case Opcode::pong:
      return state_ != State::closed;
    default:
      on_peer_close(payload);
      return false;
  }
}

void WebSocket::on_peer_close(std::string_view payload) {
  std::uint16_t code = 1005;
  std::string_view reason;
  if (payload.size() == 1) return on_violation(1002, "malformed close frame");
  if (payload.size() >= 2) {
    code = static_cast<std::uint16_t>(static_cast<unsigned char>(payload[0]) << 8 |
                                      static_cast<unsigned char>(payload[1]));
    reason = payload.substr(2);
    if (!is_valid_code(code)) return on_violation(1002, "invalid close code");
    if (!is_utf8(reason)) return on_violation(1007, "close reason is not UTF-8");
  }
  if (state_ == State::open) {
    remember(CloseCause::peer, code, reason);
    send_close(code, "");
  }
  state_ = State::closed;
  connection_.close_after_flush();
  connection_.end_websocket();
}

void WebSocket::on_violation(std::uint16_t code, std::string_view reason) {
  if (state_ == State::closed) return;
  remember(CloseCause::violation, code, reason);
  if (state_ == State::open) send_close(code, reason);
  state_ = State::closed;
  connection_.close_after_flush();
  connection_.end_websocket();
}

void WebSocket::on_connection_end(CloseCause cause) {
  state_ = State::closed;
  remember(cause, 1006, "");
  WebSocketHandler* handler = std::exchange(handler_, nullptr);
  if (handler) handler->on_close({outcome_->cause, outcome_->code, outcome_->reason});
}

}  // namespace parlor::net
