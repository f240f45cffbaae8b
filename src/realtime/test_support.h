// For realtime's tests: a server on an ephemeral port, and clients over both transports.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "net/gzip.h"
#include "net/test_support.h"
#include "realtime/server.h"

namespace parlor::realtime::testing {

using net::testing::body_of;
using net::testing::Signal;
using net::testing::status_of;

inline constexpr std::string_view kPath = "/socket.io/?EIO=4&transport=";

// The shard that an id names.
inline std::size_t shard_of(std::string_view id) { return place_of(id, id.size()).value().shard; }

inline std::string sid_in(std::string_view packet) {
  const auto at = packet.find(R"("sid":")");
  if (at == std::string_view::npos) return {};
  const auto end = packet.find('"', at + 7);
  return std::string(packet.substr(at + 7, end - at - 7));
}

// A Socket.IO client over a WebSocket; packets with Engine.IO's leading "4".
class WebSocketClient {
 public:
  explicit WebSocketClient(std::uint16_t port, int receive_buffer = 0)
      : wire(port, receive_buffer) {
    wire.send(net::testing::handshake(std::string(kPath) + "websocket"));
    EXPECT_EQ(status_of(wire.read_response(false)), 101);
    session = sid_in(read());
  }

  void send(std::string_view packet) { wire.send(net::testing::text_frame(packet)); }
  // The next packet; answers pings on the way. "" when the connection has ended.
  std::string read() {
    for (;;) {
      auto frame = wire.read_frame();
      if (frame.opcode != 1 && frame.opcode != 2) return {};
      if (frame.payload != "2") return std::move(frame.payload);
      send("3");
    }
  }
  void connect(std::string_view packet = "40") {
    send(packet);
    id = sid_in(read());
    EXPECT_EQ(id.size(), kSocketIdSize);
  }
  // Whatever comes until (not with) `last`.
  std::vector<std::string> read_until(std::string_view last) {
    std::vector<std::string> packets;
    for (auto packet = read(); packet != last; packet = read()) {
      if (packet.empty()) {
        ADD_FAILURE() << "the connection ended before " << last;
        break;
      }
      packets.push_back(std::move(packet));
    }
    return packets;
  }

  net::testing::Client wire;
  std::string session;  // its id
  std::string id;       // of its socket
};

// A Socket.IO client over polling: one connection for its GETs and one for its POSTs.
class PollingClient {
 public:
  explicit PollingClient(std::uint16_t port) : polls(port), posts(port) {
    polls.send(net::testing::get(std::string(kPath) + "polling"));
    session = sid_in(body_of(polls.read_response()));
  }

  std::string path() const { return std::string(kPath) + "polling&sid=" + session; }
  void start_poll(std::string_view headers = "") { polls.send(net::testing::get(path(), headers)); }
  std::string finish_poll() { return body_of(polls.read_response()); }
  std::string poll() {
    start_poll();
    return finish_poll();
  }
  // The status of the answer.
  int post(std::string_view body) {
    posts.send(net::testing::post(path(), body));
    return status_of(posts.read_response());
  }
  void connect() {
    EXPECT_EQ(post("40"), 200);
    id = sid_in(poll());
    EXPECT_EQ(id.size(), kSocketIdSize);
  }
  // The packets of as many polls as it takes, until (not with) `last`.
  std::vector<std::string> read_until(std::string_view last) {
    std::vector<std::string> packets;
    for (;;) {
      const std::string payload = poll();
      if (payload.empty()) {
        ADD_FAILURE() << "the session ended before " << last;
        return packets;
      }
      for (std::size_t at = 0; at <= payload.size();) {
        const auto end = std::min(payload.find('\x1e', at), payload.size());
        auto packet = payload.substr(at, end - at);
        if (packet == last) return packets;
        if (packet == "2") {
          EXPECT_EQ(post("3"), 200);
        }
        if (packet.starts_with('4')) packets.push_back(std::move(packet));
        at = end + 1;
      }
    }
  }

  net::testing::Client polls;
  net::testing::Client posts;
  std::string session;
  std::string id;
};

// Which shard takes a connection is the kernel's choice: opens clients until one is where it
// should be. Those on the way are closed again.
template <class Client>
std::unique_ptr<Client> client_on(std::size_t shard, std::uint16_t port) {
  for (int i = 0; i < 200; ++i) {
    auto client = std::make_unique<Client>(port);
    if (shard_of(client->session) == shard) return client;
  }
  ADD_FAILURE() << "no connection has reached shard " << shard;
  return std::make_unique<Client>(port);
}

// The server of a test: filled through `io`, then started.
class RealtimeTest : public ::testing::Test {
 protected:
  // Before anything goes that handlers refer to; tests whose handlers refer to local variables call
  // it at their end.
  void stop() { http.reset(); }
  void TearDown() override { stop(); }

  Server& make(Options options = {}) {
    io = std::make_unique<Server>(std::move(options));
    return *io;
  }
  void start(unsigned threads, net::ServerOptions options = {}) {
    options.listen = {"127.0.0.1:0"};
    options.threads = threads;
    auto listening = listen(*io, std::move(options));
    ASSERT_TRUE(listening) << listening.error().message;
    http = std::move(*listening);
    port = http->port();
  }
  // Returns when every shard has done what was posted before.
  void settle() {
    Signal signal;
    std::size_t left = io->shard_count();
    for (std::size_t i = 0; i < io->shard_count(); ++i) {
      io->shard(i).post([&] { signal.change([&] { --left; }); });
    }
    ASSERT_TRUE(signal.wait([&] { return left == 0; }));
  }
  // Runs `action` on the socket's shard and waits for it.
  void with(const SocketRef& ref, std::function<void(Socket&)> action) {
    Signal signal;
    bool done = false;
    io->with_socket(ref, [&](Socket& socket) {
      action(socket);
      signal.change([&] { done = true; });
    });
    ASSERT_TRUE(signal.wait([&] { return done; })) << "the socket has gone";
  }
  // The same for a connected socket, by its id.
  void with(std::string_view id, std::function<void(Socket&)> action) {
    SocketRef ref;
    io->for_each_socket_in(io->of("/"), {std::string(id)}, {},
                           [&ref](Socket& socket) { ref = socket.ref(); });
    settle();
    with(ref, std::move(action));
  }
  // Waits for something that counts atomically.
  template <class Condition>
  [[nodiscard]] bool eventually(Condition holds) {
    for (int i = 0; i < 10'000; ++i) {
      if (holds()) return true;
      settle();
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return false;
  }

  std::unique_ptr<Server> io;
  std::unique_ptr<net::HttpServer> http;
  std::uint16_t port = 0;
};

// With one I/O thread and with two.
class ThreadedRealtimeTest : public RealtimeTest, public ::testing::WithParamInterface<unsigned> {};

inline std::string threads_name(const ::testing::TestParamInfo<unsigned>& info) {
  return info.param == 1 ? "OneThread" : "TwoThreads";
}

}  // namespace parlor::realtime::testing
