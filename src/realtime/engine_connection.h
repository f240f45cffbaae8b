// One Engine.IO session on its shard: joins the state machine to a pending poll, a WebSocket and a
// timer.
//
// Owner: its EngineShard. Thread: that shard's. Ends when the state machine has finished; the
// object goes at the end of that turn.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "net/http_types.h"
#include "net/timer_wheel.h"
#include "net/upgrade.h"
#include "net/websocket.h"
#include "realtime/engine_server.h"
#include "realtime/session_id.h"
#include "socketio/engine_session.h"
#include "socketio/message.h"

namespace parlor::realtime {

class EngineConnection final : private socketio::EngineHost, private net::WebSocketHandler {
 public:
  EngineConnection(EngineShard& shard, Place place, net::HttpRequest request);
  ~EngineConnection() override;
  EngineConnection(const EngineConnection&) = delete;
  EngineConnection& operator=(const EngineConnection&) = delete;

  // ---- for the listener ----------------------------------------------------------------------
  void send(const socketio::MessagePtr& message);
  void send_text(std::string_view data);  // one message packet; adds the leading 4
  void send_binary(std::string_view bytes);
  void close(socketio::CloseReason reason);
  // Ends it without waiting for what is buffered; _later at the end of this turn, for callers that
  // must not see the listener end now.
  void abort(socketio::CloseReason reason);
  void abort_later(socketio::CloseReason reason);
  bool is_open() const { return session_.is_open(); }
  bool is_upgrading() const { return session_.is_upgrading(); }
  // Whether a packet would leave now; volatile ones are dropped otherwise.
  bool is_writable() const;
  // Set when packets may be sent straight to it: the session is open and has no other transport.
  net::WebSocket* direct() const;
  // Call when deadline() of the listener has become earlier.
  void deadline_changed() { reschedule(); }
  // The request that opened the session, until it is freed.
  const net::HttpRequest* request() const { return request_.get(); }
  void free_request() { request_.reset(); }
  EngineShard& shard() const { return shard_; }
  Place place() const { return place_; }
  std::string_view id() const { return {id_.data(), id_.size()}; }
  EngineListener& listener() { return *listener_; }

  // ---- for EngineHttp ------------------------------------------------------------------------
  // Tells one poll from another when the client goes away from it.
  struct PollTicket {};
  struct Poll {
    net::Responder respond;
    net::Headers headers;  // CORS
    bool accepts_gzip = false;
    std::shared_ptr<PollTicket> ticket;
  };
  void open_polling(Poll poll);
  void open_websocket(net::UpgradeRequest upgrade, const net::Headers& headers);
  // Answers through poll.respond, now or later.
  void handle_poll(Poll poll);
  // False: this is not the poll that waits here.
  bool poll_aborted(const PollTicket* ticket);
  // The head of a POST has come; `ticket` tells it from others. Then it is handled or dropped.
  void post_started(const void* ticket);
  void post_dropped(const void* ticket);
  void handle_post(const std::string& body, const void* ticket, Poll answer);
  void handle_upgrade(net::UpgradeRequest upgrade, const net::Headers& headers);
  // For a session that is not, or no longer, to be upgraded.
  static void refuse_websocket(net::UpgradeRequest upgrade);
  void flush();
  std::size_t buffered_bytes() const { return session_.buffered_bytes(); }

 private:
  // socketio::EngineHost
  void answer_poll(std::string payload) override;
  void request_flush() override;
  void on_overflow() override;
  void send_frame(const socketio::MessagePtr& message) override;
  void close_websocket() override;
  void on_text_message(std::string_view text) override;
  void on_binary_message(std::string_view bytes) override;
  void on_session_close(socketio::CloseReason reason) override;
  void on_finished() override;
  // net::WebSocketHandler
  void on_text(std::string_view text) override;
  void on_binary(std::string_view bytes) override;
  void on_close(const net::CloseInfo& info) override;

  void account();
  void on_timer();
  void reschedule();
  Milliseconds now() const;

  EngineShard& shard_;
  socketio::EngineSession session_;
  std::unique_ptr<EngineListener> listener_;
  net::WebSocket* websocket_ = nullptr;
  std::unique_ptr<Poll> poll_;
  std::unique_ptr<net::HttpRequest> request_;
  net::Timer timer_;
  Milliseconds timer_at_ = socketio::kNever;
  const void* post_ticket_ = nullptr;  // of the POST whose body is on the way
  Place place_;
  std::uint32_t accounted_bytes_ = 0;  // what the metrics know of buffered_bytes()
  std::array<char, kSessionIdSize> id_;
};

}  // namespace parlor::realtime
