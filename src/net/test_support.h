// For net's tests: a server on an ephemeral port, and a client that sends and reads raw bytes.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "net/server.h"
#include "net/websocket_frame.h"

namespace parlor::net::testing {

// Waits until a condition holds that other threads change; a second of patience is plenty, ten are
// for sanitizers on a busy machine.
class Signal {
 public:
  template <class Change>
  void change(Change&& apply) {
    const std::lock_guard lock(mutex_);
    apply();
    changed_.notify_all();
  }
  template <class Condition>
  [[nodiscard]] bool wait(Condition&& holds) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(10), std::forward<Condition>(holds));
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
};

// A blocking client. Every read gives up after ten seconds and then fails its test.
class Client {
 public:
  explicit Client(std::uint16_t port, int receive_buffer = 0) {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval patience{10, 0};
    const int on = 1;
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
    if (receive_buffer > 0) {
      ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof(receive_buffer));
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  }
  Client(Client&& other) noexcept
      : socket_(std::exchange(other.socket_, -1)), pending_(std::move(other.pending_)) {}
  Client(const Client&) = delete;
  ~Client() {
    if (socket_ >= 0) ::close(socket_);
  }

  void send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }
  void shut_down_writing() { ::shutdown(socket_, SHUT_WR); }
  void close() { ::close(std::exchange(socket_, -1)); }
  // Closes with a reset.
  void reset() {
    const linger now{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
    close();
  }

  // One response, head and body (by Content-Length); "" when the connection ends first.
  std::string read_response(bool has_body = true) {
    while (pending_.find("\r\n\r\n") == std::string::npos) {
      if (!fill()) return {};
    }
    const auto head_size = pending_.find("\r\n\r\n") + 4;
    std::size_t body_size = 0;
    const auto length = pending_.find("Content-Length: ");
    if (has_body && length < head_size) body_size = std::stoul(pending_.substr(length + 16, 20));
    return read_exactly(head_size + body_size);
  }
  // "" when the connection ends first.
  std::string read_exactly(std::size_t size) {
    while (pending_.size() < size) {
      if (!fill()) return {};
    }
    std::string taken = pending_.substr(0, size);
    pending_.erase(0, size);
    return taken;
  }
  // Everything until the connection ends.
  std::string read_to_end() {
    while (fill()) {
    }
    return std::exchange(pending_, {});
  }

  struct Frame {
    int opcode = -1;  // -1: the connection ended
    std::string payload;
    friend bool operator==(const Frame&, const Frame&) = default;
  };
  Frame read_frame() {
    const std::string head = read_exactly(2);
    if (head.empty()) return {};
    std::uint64_t length = head[1] & 0x7F;
    if (length >= 126) {
      const std::string extended = read_exactly(length == 126 ? 2 : 8);
      length = 0;
      for (const char c : extended) length = length << 8 | static_cast<unsigned char>(c);
    }
    Frame frame{head[0] & 0x0F, {}};
    if (length > 0) frame.payload = read_exactly(length);
    return frame;
  }

  int socket() const { return socket_; }

 private:
  bool fill() {
    char buffer[65536];
    const auto count = ::recv(socket_, buffer, sizeof(buffer), 0);
    if (count < 0 && errno == EAGAIN) ADD_FAILURE() << "nothing came for ten seconds";
    if (count <= 0) return false;
    pending_.append(buffer, static_cast<std::size_t>(count));
    return true;
  }

  int socket_;
  std::string pending_;
};

// A client's frame: masked. `first` is FIN, reserved bits and opcode.
inline std::string masked(int first, std::string_view payload) {
  std::string frame(1, static_cast<char>(first));
  if (payload.size() < 126) {
    frame += static_cast<char>(0x80 | payload.size());
  } else if (payload.size() < 65536) {
    frame += static_cast<char>(0x80 | 126);
    frame += static_cast<char>(payload.size() >> 8);
    frame += static_cast<char>(payload.size() & 0xFF);
  } else {
    frame += static_cast<char>(0x80 | 127);
    for (int shift = 56; shift >= 0; shift -= 8) {
      frame += static_cast<char>(payload.size() >> shift & 0xFF);
    }
  }
  const char key[4] = {0x12, 0x34, 0x56, 0x78};
  frame.append(key, 4);
  for (std::size_t i = 0; i < payload.size(); ++i) {
    frame += static_cast<char>(payload[i] ^ key[i & 3]);
  }
  return frame;
}

inline std::string text_frame(std::string_view payload) { return masked(0x81, payload); }

inline std::string close_payload(int code, std::string_view reason = "") {
  std::string payload{static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)};
  payload += reason;
  return payload;
}

inline std::string handshake(std::string_view path = "/ws") {
  return "GET " + std::string(path) +
         " HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
         "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
}

inline std::string get(std::string_view path, std::string_view headers = "") {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: a\r\n" + std::string(headers) + "\r\n";
}

inline std::string post(std::string_view path, std::string_view body,
                        std::string_view headers = "") {
  return "POST " + std::string(path) +
         " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         std::string(headers) + "\r\n" + std::string(body);
}

inline std::string body_of(std::string_view response) {
  const auto end = response.find("\r\n\r\n");
  return end == std::string_view::npos ? "" : std::string(response.substr(end + 4));
}

inline int status_of(std::string_view response) {
  return response.size() < 12 ? 0 : std::stoi(std::string(response.substr(9, 3)));
}

inline std::unique_ptr<HttpServer> serve(Router router, ServerOptions options = {}) {
  options.listen = {"127.0.0.1:0"};
  auto server = HttpServer::start(std::move(options), std::move(router));
  EXPECT_TRUE(server.has_value()) << (server ? "" : server.error().message);
  return std::move(*server);
}

}  // namespace parlor::net::testing
