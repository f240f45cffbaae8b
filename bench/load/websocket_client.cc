#include "load/websocket_client.h"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <system_error>

namespace parlor::bench {
namespace {

// RFC 6455, section 1.3: the example key and the answer that it demands.
constexpr std::string_view kKey = "dGhlIHNhbXBsZSBub25jZQ==";
constexpr std::string_view kAccept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

// Said and answered twice, as a Socket.IO client writes twice until it is connected: a client that
// has written nothing acknowledges later, which spares its server a quarter of the work of a send.
constexpr std::string_view kHello = "hello";

}  // namespace

void WebSocketClient::start(const Endpoint& endpoint, unsigned source, std::string auth) {
  fd_ = start_connect(endpoint.port, source);
  state_ = State::connecting;
  protocol_ = endpoint.protocol;
  auth_ = std::move(auth);
  out_ = "GET " + endpoint.path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(endpoint.port) +
         "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13"
         "\r\nSec-WebSocket-Key: " +
         std::string(kKey) + "\r\n\r\n";
}

void WebSocketClient::on_writable() {
  if (state_ == State::connecting) {
    check_connected(fd());
    state_ = State::upgrading;
  }
  flush();
}

void WebSocketClient::flush() {
  if (out_.empty()) return;
  const ssize_t sent = ::send(fd(), out_.data(), out_.size(), MSG_NOSIGNAL);
  if (sent < 0 && errno != EAGAIN) throw std::system_error(errno, std::generic_category(), "send");
  if (sent > 0) out_.erase(0, static_cast<std::size_t>(sent));
  if (out_.empty() && out_.capacity() > 4096) out_.shrink_to_fit();
}

std::string_view WebSocketClient::read(ReadBuffer& buffer) {
  const std::size_t held = rest_.size();
  if (buffer.size() < held + 65536) buffer.resize(held + 65536);
  std::copy(rest_.begin(), rest_.end(), buffer.begin());
  const ssize_t got = ::recv(fd(), buffer.data() + held, buffer.size() - held, 0);
  if (got == 0) throw std::runtime_error("the server closed a connection");
  if (got < 0 && errno != EAGAIN) throw std::system_error(errno, std::generic_category(), "recv");
  return {buffer.data(), held + static_cast<std::size_t>(std::max<ssize_t>(got, 0))};
}

bool WebSocketClient::take_handshake(std::string_view& input) {
  const std::size_t end = input.find("\r\n\r\n");
  if (end == std::string_view::npos) return false;
  const std::string_view head = input.substr(0, end);
  if (!head.starts_with("HTTP/1.1 101") || head.find(kAccept) == std::string_view::npos) {
    throw std::runtime_error("no WebSocket: " + std::string(input.substr(0, 300)));
  }
  input.remove_prefix(end + 4);
  state_ = State::opening;
  if (protocol_ == Protocol::raw) send_text(kHello);
  return true;
}

void WebSocketClient::control(const Frame& frame) {
  switch (frame.opcode) {
    case Opcode::text:
      return packet(frame.payload);
    case Opcode::ping:
      return append_masked_frame(out_, Opcode::pong, frame.payload);
    case Opcode::pong:
    case Opcode::binary:
      return;
    case Opcode::close:
      throw std::runtime_error("the server sent a close frame");
  }
}

void WebSocketClient::packet(std::string_view text) {
  if (text == "2") return send_text("3");
  if (protocol_ == Protocol::raw && state_ != State::ready && text == kHello) {
    if (state_ == State::joining) {
      state_ = State::ready;
      return;
    }
    state_ = State::joining;
    return send_text(kHello);
  }
  if (state_ == State::opening && text.starts_with("0{")) {
    state_ = State::joining;
    return send_text("40" + auth_);
  }
  if (state_ == State::joining && text.starts_with("40")) {
    state_ = State::ready;
    return;
  }
  // Some servers send events behind the CONNECT reply that nobody asked for here.
  if (state_ == State::ready && text.starts_with("4")) return;
  throw std::runtime_error("unexpected packet: " + std::string(text.substr(0, 200)));
}

}  // namespace parlor::bench
