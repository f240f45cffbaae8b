// One TCP connection: its descriptor, what waits to be sent, and who understands what it brings:
//
//   idle ──first byte──> HttpSession ──upgrade──> WebSocket
//     ^───answered, nothing read───┘
//
// Owner: its ShardServer, which deletes it at the end of a turn. Thread: its shard's. Nothing calls
// back into a session from inside send, end or close_after_flush.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "net/ip_address.h"
#include "net/out_queue.h"
#include "net/shard_loop.h"
#include "net/timer_wheel.h"
#include "net/websocket.h"

namespace parlor::net {

class HttpSession;
class ShardServer;

class Connection {
 public:
  // Takes the descriptor, which does not block. `is_counted`: by AddressLimits.
  Connection(ShardServer& server, int descriptor, const IpAddress& peer, bool is_counted);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  // Starts to read.
  void start(std::int64_t first_byte_timeout_ms);

  ShardServer& server() { return server_; }
  const IpAddress& peer() const { return peer_; }
  bool is_counted() const { return is_counted_; }
  // From now on it counts as one of the client behind a proxy. False: that client has too many.
  bool count_as(const IpAddress& client);

  // Queues; written at the end of the turn. Nothing is queued once the connection is ending.
  void send(const Slice& slice) {
    if (is_ending_ || closes_after_flush_) return;
    out_.push(slice);
    mark_dirty();
  }
  std::size_t queued_bytes() const { return out_.bytes(); }
  bool is_blocked() const { return is_blocked_; }
  // Writes now what the socket takes.
  void flush();

  // Writes what is queued, tells the peer that this was all, and gives it a second to read it.
  void close_after_flush();
  // Ends at the end of the turn, whatever is queued.
  void end(CloseCause cause);

  void set_timer(std::int64_t delay_ms) { server_timers().start(timer_, delay_ms); }
  // Unless it runs.
  void start_timer(std::int64_t delay_ms) {
    if (!timer_.is_running()) set_timer(delay_ms);
  }
  void stop_timer() { timer_.stop(); }
  // Reads again after a session did not want to.
  void resume_reading();

  // The HTTP session becomes a WebSocket, which is given what is unread at the end of the turn.
  WebSocket* become_websocket(WebSocketHandler& handler);
  WebSocket* websocket() { return websocket_.get(); }
  // The WebSocket has said its last; its handler learns it at the end of the turn.
  void end_websocket();

  // For a connection that came from another shard in the middle of an upgrade.
  HttpSession& continue_upgrade();

  // Gives up the descriptor to another shard's connection and ends. `unsent` is what was queued.
  int release(std::string& unsent);

  // What ShardServer calls.
  void drain();
  bool settle();  // at the end of a turn, after end or end_websocket; true: delete it now
  bool needs_settling() const { return needs_settling_; }

 private:
  friend class ShardServer;
  struct WebSocketDeleter {
    void operator()(WebSocket* websocket) const;
  };

  TimerWheel& server_timers();
  bool is_idle() const;
  void mark_dirty();
  void request_settling();
  void await_readable();
  void await_writable();
  void on_readable();
  void on_writable();
  void on_timer();
  void dispatch(char* bytes, std::size_t size);
  void on_peer_eof();
  void on_all_sent();
  void start_linger();
  void begin_websocket();

  ShardServer& server_;
  Connection* previous_ = nullptr;  // in the server's list
  Connection* next_ = nullptr;
  Descriptor descriptor_;
  IpAddress peer_;
  OutQueue out_;
  Timer timer_;
  std::unique_ptr<HttpSession> http_;
  std::unique_ptr<WebSocket, WebSocketDeleter> websocket_;
  std::uint8_t pending_waits_ = 0;
  CloseCause end_cause_ = CloseCause::lost;
  bool is_counted_ : 1;
  bool is_dirty_ : 1 = false;
  bool is_blocked_ : 1 = false;
  bool is_reading_ : 1 = false;
  bool is_ending_ : 1 = false;
  bool is_closed_ : 1 = false;
  bool is_lingering_ : 1 = false;
  bool closes_after_flush_ : 1 = false;
  bool needs_settling_ : 1 = false;
  bool websocket_is_over_ : 1 = false;
  bool is_draining_ : 1 = false;
};

}  // namespace parlor::net
