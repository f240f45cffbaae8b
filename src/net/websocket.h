// A WebSocket connection, server side (RFC 6455), after its handshake.
//
// Thread: that of its shard, for everything. Lifetime: from UpgradeRequest::accept until the
// handler's on_close returns; on_close comes exactly once and never from inside a call to this
// object.
//
// Bounds: messages of at most ServerOptions::max_message_bytes (else 1009); at most
// max_outgoing_bytes wait to be sent (else the connection is closed as a slow consumer); a close
// handshake takes at most close_timeout_ms. What is collected of unfinished messages counts against
// incoming_budget_bytes (else 1013), and such a message must come on as a request body must,
// body_window_bytes in each body_window_ms (else 1008).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "net/slice.h"
#include "net/websocket_decoder.h"
#include "net/websocket_frame.h"

namespace parlor::net {

class Connection;
class Shard;

enum class CloseCause : std::uint8_t {
  peer,           // the peer sent a close frame: code and reason are its
  local,          // close() was called and the peer agreed, or the time for that ran out
  lost,           // the connection broke without a close frame
  violation,      // the peer broke the protocol or a limit: code says which
  slow_consumer,  // too much waited to be sent
  aborted,        // abort() was called, or the server ended
};

struct CloseInfo {
  CloseCause cause = CloseCause::lost;
  std::uint16_t code = 1006;  // 1005: a close frame without a code
  std::string_view reason;    // valid during the call
};

class WebSocketHandler {
 public:
  virtual ~WebSocketHandler() = default;
  // `text` is valid UTF-8. Views are valid during the call.
  virtual void on_text(std::string_view text) = 0;
  virtual void on_binary(std::string_view bytes) = 0;
  // The last call; the WebSocket is gone when it returns.
  virtual void on_close(const CloseInfo& info) = 0;
};

class WebSocket final : private FrameEvents {
 public:
  WebSocket(const WebSocket&) = delete;
  WebSocket& operator=(const WebSocket&) = delete;

  // Queues whole frames made by this shard's frame() or stage(). Written at the end of the turn.
  // Does nothing once the connection is closing.
  void send(const Slice& frames);
  void send_text(std::string_view payload);
  void send_binary(std::string_view payload);

  // Starts the close handshake, behind what is queued; `reason` is cut at 123 bytes. Messages that
  // arrive afterwards are dropped.
  void close(std::uint16_t code, std::string_view reason);
  // Ends the connection without a close frame; nothing queued is sent.
  void abort();

  // Null: events are dropped from now on, on_close too.
  void set_handler(WebSocketHandler* handler) { handler_ = handler; }

  std::size_t queued_bytes() const;
  // The peer's socket takes no more at the moment: volatile messages are better dropped.
  bool is_congested() const;
  bool is_closing() const { return state_ != State::open; }
  Shard& shard() const;

 private:
  friend class Connection;
  enum class State : std::uint8_t { open, closing, closed };

  WebSocket(Connection& connection, WebSocketHandler* handler);
  ~WebSocket();

  // What Connection calls.
  void on_read(char* bytes, std::size_t size);
  void on_timer();
  void on_connection_end(CloseCause cause);

  bool on_message(Opcode opcode, std::string_view payload) override;
  bool on_control(Opcode opcode, std::string_view payload) override;
  void on_violation(std::uint16_t code, std::string_view reason) override;
  ByteBudget& incoming_budget() override;
  void end_window();
  void on_peer_close(std::string_view payload);
  void send_close(std::uint16_t code, std::string_view reason);
  void remember(CloseCause cause, std::uint16_t code, std::string_view reason);
  friend class ShardServer;
  void end_as_slow_consumer();

  struct Outcome;  // what on_close will say

  Connection& connection_;
  WebSocketHandler* handler_;
  FrameDecoder decoder_;
  std::unique_ptr<Outcome> outcome_;
  State state_ = State::open;
};

}  // namespace parlor::net
