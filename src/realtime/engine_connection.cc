#include "realtime/engine_connection.h"

#include <algorithm>
#include <utility>

#include "net/gzip.h"
#include "net/shard.h"
#include "realtime/engine_shard.h"

namespace parlor::realtime {

using socketio::CloseReason;
using socketio::EngineError;
using socketio::EngineSession;

namespace {

CloseReason reason_of(const net::CloseInfo& info) {
  switch (info.cause) {
    case net::CloseCause::slow_consumer:
      return CloseReason::slow_consumer;
    case net::CloseCause::violation:
      return CloseReason::transport_error;
    case net::CloseCause::aborted:
      return CloseReason::server_shutting_down;
    case net::CloseCause::peer:
    case net::CloseCause::local:
    case net::CloseCause::lost:
      return CloseReason::transport_close;
  }
  return CloseReason::transport_close;
}

// A WebSocket that nobody wants: accepted, because that is how clients learn, and closed.
class UnwantedWebSocket final : public net::WebSocketHandler {
 public:
  void on_text(std::string_view) override {}
  void on_binary(std::string_view) override {}
  void on_close(const net::CloseInfo&) override { delete this; }
};

}  // namespace

EngineConnection::EngineConnection(EngineShard& shard, Place place, net::HttpRequest request)
    : shard_(shard),
      session_(shard.server().options().engine, *this),
      request_(std::make_unique<net::HttpRequest>(std::move(request))),
      timer_(net::Timer::calling<&EngineConnection::on_timer>(this)),
      place_(place) {
  const auto id = make_id(place, kSessionIdSize);
  std::ranges::copy(id, id_.begin());
  request_->body = {};
}

EngineConnection::~EngineConnection() {
  if (websocket_) websocket_->set_handler(nullptr);
}

Milliseconds EngineConnection::now() const { return shard_.io().now_ms(); }

// ---- opening -----------------------------------------------------------------------------------

void EngineConnection::open_polling(Poll poll) {
  poll_ = std::make_unique<Poll>(std::move(poll));
  listener_ = shard_.server().make_listener(*this);
  session_.open_polling(id(), now());
  reschedule();
}

void EngineConnection::open_websocket(net::UpgradeRequest upgrade, const net::Headers& headers) {
  websocket_ = upgrade.accept(*this, headers);
  listener_ = shard_.server().make_listener(*this);
  session_.open_websocket(id(), now());
  reschedule();
}

// ---- for the listener --------------------------------------------------------------------------

void EngineConnection::send(const socketio::MessagePtr& message) {
  session_.send(message);
  account();
}

void EngineConnection::send_text(std::string_view data) {
  std::string packet;
  packet.reserve(data.size() + 1);
  packet += '4';
  packet += data;
  send(socketio::make_text(std::move(packet)));
}

void EngineConnection::send_binary(std::string_view bytes) {
  send(socketio::make_binary(std::string(bytes)));
}

void EngineConnection::close(CloseReason reason) {
  session_.close(reason, now());
  reschedule();
}

void EngineConnection::abort(CloseReason reason) {
  if (reason == CloseReason::slow_consumer && session_.is_open()) {
    ++shard_.server().metrics().slow_consumers;
  }
  session_.abort(reason);
}

void EngineConnection::abort_later(CloseReason reason) {
  // The connection may have gone by then, and another have its slot: the shard looks again.
  shard_.io().at_end_of_turn([&shard = shard_, sid = std::string(id()), reason] {
    if (auto* const connection = shard.find(sid)) connection->abort(reason);
  });
}

bool EngineConnection::is_writable() const {
  if (!session_.is_open() || !session_.is_writable()) return false;
  return !websocket_ || !session_.is_websocket() || !websocket_->is_congested();
}

net::WebSocket* EngineConnection::direct() const {
  return session_.is_open() && session_.is_websocket() ? websocket_ : nullptr;
}

// ---- requests ----------------------------------------------------------------------------------

namespace {

void answer_error(EngineConnection::Poll& poll, EngineError error) {
  auto response =
      net::HttpResponse::json(socketio::http_status(error), socketio::error_body(error));
  for (const auto& [name, value] : poll.headers.all()) response.headers.add(name, value);
  poll.respond(std::move(response));
}

void answer_request(EngineConnection::Poll& poll, EngineSession::Request outcome) {
  answer_error(poll, outcome == EngineSession::Request::finished ? EngineError::session_unknown
                                                                 : EngineError::bad_request);
}

}  // namespace

void EngineConnection::handle_poll(Poll poll) {
  // Kept before the session is told, which may answer it at once; an earlier one stays where it is
  // until the session has answered that.
  std::unique_ptr<Poll> beside;
  (poll_ ? beside : poll_) = std::make_unique<Poll>(std::move(poll));
  const auto outcome = session_.poll_started(now());
  if (outcome != EngineSession::Request::accepted) {
    answer_request(beside ? *beside : *poll_, outcome);
    poll_.reset();
  }
  account();
  reschedule();
}

bool EngineConnection::poll_aborted(const PollTicket* ticket) {
  if (!poll_ || poll_->ticket.get() != ticket) return false;
  session_.poll_aborted();
  poll_.reset();
  return true;
}

void EngineConnection::post_started(const void* ticket) {
  if (session_.is_finished()) return;
  if (session_.post_started(now()) == EngineSession::Request::accepted) post_ticket_ = ticket;
  reschedule();
}

void EngineConnection::post_dropped(const void* ticket) {
  if (post_ticket_ != ticket) return;
  post_ticket_ = nullptr;
  session_.post_aborted();
}

void EngineConnection::handle_post(const std::string& body, const void* ticket, Poll answer) {
  // Told of its head before; unless that was refused, or the session has ended or moved on since.
  const bool was_started = ticket && post_ticket_ == ticket && !session_.is_finished();
  post_ticket_ = nullptr;
  const auto outcome =
      was_started ? EngineSession::Request::accepted : session_.post_started(now());
  if (outcome != EngineSession::Request::accepted) return answer_request(answer, outcome);
  if (!session_.post_finished(body, now())) return answer_error(answer, EngineError::bad_request);
  // text/html: some user agents offer text/plain as a download.
  auto response = net::HttpResponse::html(200, "ok");
  response.headers.set("Content-Type", "text/html");
  response.headers.set("Cache-Control", "no-store");
  for (const auto& [name, value] : answer.headers.all()) response.headers.add(name, value);
  answer.respond(std::move(response));
  account();
  reschedule();
}

void EngineConnection::handle_upgrade(net::UpgradeRequest upgrade, const net::Headers& headers) {
  if (websocket_ || !session_.upgrade_started(now())) return refuse_websocket(std::move(upgrade));
  websocket_ = upgrade.accept(*this, headers);
  reschedule();
}

void EngineConnection::refuse_websocket(net::UpgradeRequest upgrade) {
  auto unwanted = std::make_unique<UnwantedWebSocket>();
  net::WebSocket* const websocket = upgrade.accept(*unwanted);
  if (!websocket) return;                 // the server ends
  static_cast<void>(unwanted.release());  // goes with on_close
  websocket->close(1000, "");
}

// ---- socketio::EngineHost ----------------------------------------------------------------------

void EngineConnection::answer_poll(std::string payload) {
  const auto poll = std::move(poll_);
  auto response = net::HttpResponse::text(200, std::move(payload));
  response.headers.set("Content-Type", "text/plain; charset=UTF-8");
  response.headers.set("Cache-Control", "no-store");
  for (const auto& [name, value] : poll->headers.all()) response.headers.add(name, value);
  if (poll->accepts_gzip &&
      response.body.size() >= shard_.server().options().compression_threshold) {
    if (auto packed = net::gzip(response.body)) {
      response.body = std::move(*packed);
      response.headers.set("Content-Encoding", "gzip");
      response.headers.add("Vary", "Accept-Encoding");
    }
  }
  poll->respond(std::move(response));
}

void EngineConnection::request_flush() {
  shard_.io().at_end_of_turn([&shard = shard_, sid = std::string(id())] {
    if (auto* const connection = shard.find(sid)) connection->flush();
  });
}

void EngineConnection::flush() {
  session_.flush();
  account();
}

void EngineConnection::on_overflow() { abort_later(CloseReason::slow_consumer); }

void EngineConnection::send_frame(const socketio::MessagePtr& message) {
  if (!websocket_) return;
  if (message->binary()) {
    websocket_->send_binary(message->bytes());
  } else {
    websocket_->send_text(message->bytes());
  }
}

void EngineConnection::close_websocket() {
  auto* const websocket = std::exchange(websocket_, nullptr);
  if (!websocket) return;
  websocket->set_handler(nullptr);
  websocket->close(1000, "");
}

void EngineConnection::on_text_message(std::string_view text) { listener_->on_text(text); }

void EngineConnection::on_binary_message(std::string_view bytes) { listener_->on_binary(bytes); }

void EngineConnection::on_session_close(CloseReason reason) {
  if (reason == CloseReason::ping_timeout) ++shard_.server().metrics().ping_timeouts;
  if (reason == CloseReason::parse_error) ++shard_.server().metrics().parse_errors;
  listener_->on_closed(reason);
}

void EngineConnection::on_finished() {
  timer_.stop();
  account();
  shard_.retire(*this);
}

// ---- net::WebSocketHandler ---------------------------------------------------------------------

void EngineConnection::on_text(std::string_view text) {
  const bool was_upgrading = session_.is_upgrading();
  session_.on_text_frame(text, now());
  if (was_upgrading) {
    account();
    if (session_.is_websocket() && session_.is_open()) {
      ++shard_.server().metrics().upgrades;
      listener_->on_upgraded();
    }
  }
  reschedule();
}

void EngineConnection::on_binary(std::string_view bytes) { session_.on_binary_frame(bytes); }

void EngineConnection::on_close(const net::CloseInfo& info) {
  websocket_ = nullptr;
  const auto reason = reason_of(info);
  if (reason == CloseReason::slow_consumer) ++shard_.server().metrics().slow_consumers;
  session_.websocket_closed(reason);
  reschedule();
}

// ---- time --------------------------------------------------------------------------------------

void EngineConnection::on_timer() {
  timer_at_ = socketio::kNever;
  session_.on_time(now());
  if (session_.is_open()) listener_->on_time(now());
  account();
  reschedule();
}

void EngineConnection::reschedule() {
  if (session_.is_finished()) return;
  auto deadline = session_.deadline();
  if (session_.is_open()) deadline = std::min(deadline, listener_->deadline());
  if (deadline == socketio::kNever) return timer_.stop();
  // A timer that fires too early looks again: cheaper than to move it at every pong.
  if (timer_.is_running() && timer_at_ <= deadline) return;
  timer_at_ = deadline;
  shard_.io().timers().start(timer_, std::max<Milliseconds>(deadline - now(), 1));
}

void EngineConnection::account() {
  const auto bytes = static_cast<std::uint32_t>(session_.buffered_bytes());
  const auto before = std::exchange(accounted_bytes_, bytes);
  if (bytes != before) shard_.count_buffered(std::int64_t{bytes} - before);
}

}  // namespace parlor::realtime
