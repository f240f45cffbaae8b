// One Engine.IO v4 session, server side: a state machine over both transports.
//
//                 upgrade_started()            on_frame("5")
//   polling ─────────────────────▶ upgrading ──────────────▶ websocket
//      ▲                               │ closed, timed out, bad packet
//      └───────────────────────────────┘
//
//   open ──close()──▶ closing (waits for a GET, at most 30 s) ──▶ finished
//     └── the client closes, an error, no pong ─────────────────▶ finished
//
// Owned by its host, which owns the transports and calls everything here on one thread, passing the
// time in. Calls to the host happen inside these calls; the host may call send() and close() from
// inside its handlers, and must not destroy the session there: on_finished() tells it that the
// session may go once the outermost call has returned.
//
// Bounded by: maximum_payload (of one request body; frames are bounded where they are parsed) and
// maximum_buffered (what waits for a poll: more is a slow consumer).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "socketio/close_reason.h"
#include "socketio/message.h"
#include "socketio/time.h"

namespace parlor::socketio {

struct EngineOptions {
  Milliseconds ping_interval_ms = 25'000;
  Milliseconds ping_timeout_ms = 20'000;
  Milliseconds upgrade_timeout_ms = 10'000;
  Milliseconds close_timeout_ms = 30'000;  // how long a close packet waits for a GET
  std::size_t maximum_payload = 1'000'000;
  std::size_t maximum_buffered = 1'048'576;
  // A poll that was sent together with the client's close packet, and comes behind it, still gets
  // its noop within this time.
  Milliseconds late_poll_ms = 100;
  bool allow_upgrade = true;
};

class EngineHost {
 public:
  // Answers the pending GET with 200 and this payload. Called only while a GET is pending.
  virtual void answer_poll(std::string payload) = 0;
  // Asks for a call of flush() at the end of the current turn, so that packets of one turn share
  // one response.
  virtual void request_flush() = 0;
  // More than maximum_buffered waits for a poll. Further packets are dropped; the host calls
  // abort(slow_consumer) soon, but not inside this call.
  virtual void on_overflow() = 0;
  // Sends one packet over the session's WebSocket.
  virtual void send_frame(const MessagePtr& message) = 0;
  // Closes the WebSocket, after what was sent. It says nothing more to the session.
  virtual void close_websocket() = 0;

  virtual void on_text_message(std::string_view text) = 0;  // without the leading 4
  virtual void on_binary_message(std::string_view bytes) = 0;
  // The session is over for the application. Once.
  virtual void on_session_close(CloseReason reason) = 0;
  // Nothing more will be sent. Once, after on_session_close.
  virtual void on_finished() = 0;

 protected:
  ~EngineHost() = default;
};

class EngineSession {
 public:
  // `options` and `host` outlive the session.
  EngineSession(const EngineOptions& options, EngineHost& host) : options_(options), host_(host) {}
  EngineSession(const EngineSession&) = delete;
  EngineSession& operator=(const EngineSession&) = delete;

  // The opening request has come: over polling that GET is pending, over a WebSocket it is open.
  // Answers with the open packet.
  void open_polling(std::string_view sid, Milliseconds now);
  void open_websocket(std::string_view sid, Milliseconds now);

  // ---- polling -------------------------------------------------------------------------------
  enum class Request {
    accepted,
    overlap,          // answer 400: another one is pending; the session is closed
    wrong_transport,  // answer 400, code 3: the session has a WebSocket
    finished,         // answer 400, code 1
  };
  // A GET has come. When accepted it is pending: answer_poll() answers it, perhaps before this
  // returns, so the host keeps it before it calls. On overlap the earlier one has been answered.
  Request poll_started(Milliseconds now);
  // The client went away from its pending GET.
  void poll_aborted();

  // The head of a POST has come; its body is on the way.
  Request post_started(Milliseconds now);
  // Its body is complete. False: answer 400, the session is closed.
  bool post_finished(std::string_view body, Milliseconds now);
  // Its body will not come: the session is closed. (A POST that is refused for its head, with 413
  // for instance, is none that has started.)
  void post_aborted();

  // ---- WebSocket -----------------------------------------------------------------------------
  // A WebSocket for this session is open. False: close it, it is one too many.
  bool upgrade_started(Milliseconds now);
  void on_text_frame(std::string_view text, Milliseconds now);
  void on_binary_frame(std::string_view bytes);
  // The WebSocket is gone. `reason` says why when it is the session's transport.
  void websocket_closed(CloseReason reason);

  // ---- both ----------------------------------------------------------------------------------
  void send(const MessagePtr& message);
  void flush();
  // Ends the session in order: what was sent before is delivered, then the close. To the
  // application it is over at once.
  void close(CloseReason reason, Milliseconds now);
  // Ends it now: the transports are closed, what is buffered is lost.
  void abort(CloseReason reason);

  // Call on_time() at or after deadline(), and deadline() again after every call that takes a time.
  Milliseconds deadline() const;
  void on_time(Milliseconds now);

  bool is_open() const { return state_ == State::open; }
  bool is_finished() const { return state_ == State::finished; }
  // Packets go straight to send_frame().
  bool is_websocket() const { return transport_ == TransportState::websocket; }
  bool is_upgrading() const { return transport_ == TransportState::upgrading; }
  // Whether a packet would leave now. (Over a WebSocket the host knows better.)
  bool is_writable() const { return is_websocket() || (poll_pending_ && buffer_.empty()); }
  std::size_t buffered_bytes() const { return buffered_bytes_; }

 private:
  enum class State : std::uint8_t { open, closing, finished };
  enum class TransportState : std::uint8_t { polling, upgrading, websocket };

  void send_open_packet(std::string_view sid, bool upgrades, Milliseconds now);
  void schedule_ping(Milliseconds now);
  bool handle_packet(std::string_view packet, Milliseconds now);
  void handle_upgrade_frame(std::string_view text, Milliseconds now);
  void complete_upgrade(Milliseconds now);
  void abandon_upgrade();
  void answer(std::string payload);
  void answer_with_buffer(bool and_close);
  void end_by_client(Milliseconds now);
  void end_application(CloseReason reason);
  void finish();

  const EngineOptions& options_;
  EngineHost& host_;
  std::vector<MessagePtr> buffer_;  // what waits for a GET or for the upgrade
  std::uint32_t buffered_bytes_ = 0;
  State state_ = State::open;
  TransportState transport_ = TransportState::polling;
  bool poll_pending_ = false;
  bool posting_ = false;
  bool probed_ = false;
  bool awaiting_pong_ = false;
  bool flush_requested_ = false;
  bool overflowed_ = false;
  bool client_closed_ = false;
  Milliseconds heartbeat_deadline_ = kNever;  // the next ping, or the pong that is awaited
  Milliseconds other_deadline_ = kNever;      // the end of the upgrade, or of waiting to close
};

}  // namespace parlor::socketio
