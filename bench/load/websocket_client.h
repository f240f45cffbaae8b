// WebSocketClient: one connection to a server under test, raw or speaking Socket.IO, non-blocking.
//
//   connecting ─writable→ upgrading ─101→ opening ─0{…}→ joining ─40{…}→ ready
//
// A raw one says "hello" in the places of Engine.IO's and Socket.IO's packets, and is answered so.
// It answers pings of WebSocket and of Engine.IO by itself. Single-threaded; whatever a server does
// that it should not is thrown as std::runtime_error.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "load/socket.h"
#include "load/websocket.h"

namespace parlor::bench {

enum class Protocol { raw, socketio };

struct Endpoint {
  std::uint16_t port = 0;
  Protocol protocol = Protocol::socketio;
  std::string path = "/socket.io/?EIO=4&transport=websocket";
};

class WebSocketClient {
 public:
  // One read buffer serves all clients of a thread.
  using ReadBuffer = std::vector<char>;

  // `auth` is the JSON of the CONNECT packet; empty for none.
  void start(const Endpoint& endpoint, unsigned source, std::string auth);

  int fd() const { return fd_.get(); }
  bool ready() const { return state_ == State::ready; }
  bool wants_to_write() const { return state_ == State::connecting || !out_.empty(); }

  void send_text(std::string_view text) { append_masked_frame(out_, Opcode::text, text); }
  void on_writable();
  void flush();

  // Reads once and calls on_event(payload) for each event (raw: for each text frame).
  template <class OnEvent>
  void on_readable(ReadBuffer& buffer, OnEvent&& on_event) {
    std::string_view input = read(buffer);
    if (state_ == State::upgrading && !take_handshake(input)) return keep(input);
    while (const auto frame = take_frame(input)) {
      if (state_ == State::ready && is_event(*frame)) {
        on_event(frame->payload);
      } else {
        control(*frame);
      }
    }
    keep(input);
  }

 private:
  enum class State { connecting, upgrading, opening, joining, ready };

  bool is_event(const Frame& frame) const {
    if (frame.opcode != Opcode::text) return false;
    return protocol_ == Protocol::raw || frame.payload.starts_with("42");
  }
  std::string_view read(ReadBuffer& buffer);
  bool take_handshake(std::string_view& input);
  void control(const Frame& frame);
  void packet(std::string_view text);
  void keep(std::string_view input) { rest_.assign(input); }

  Fd fd_;
  State state_ = State::connecting;
  Protocol protocol_ = Protocol::socketio;
  std::string auth_;
  std::string out_;   // not yet accepted by the kernel
  std::string rest_;  // the incomplete frame at the end of the last read
};

}  // namespace parlor::bench
