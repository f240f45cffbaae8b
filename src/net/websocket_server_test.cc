// WebSockets over real sockets.
#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <thread>

#include "net/shard.h"
#include "net/test_support.h"
#include "net/upgrade.h"

namespace parlor::net {
namespace {

using namespace testing;
using Frame = Client::Frame;

// Echoes, and remembers how it ended.
struct Peer final : WebSocketHandler {
  void on_text(std::string_view text) override {
    if (text == "close me") return socket->close(4000, "as you wish");
    if (text == "abort me") return socket->abort();
    socket->send_text(text);
  }
  void on_binary(std::string_view bytes) override { socket->send_binary(bytes); }
  void on_close(const CloseInfo& info) override {
    signal->change([&] {
      cause = info.cause;
      code = info.code;
      reason = std::string(info.reason);
      ++close_count;
    });
  }
  WebSocket* socket = nullptr;
  Signal* signal = nullptr;
  CloseCause cause{};
  int code = 0;
  std::string reason;
  int close_count = 0;
};

class WebSocketServer : public ::testing::Test {
 protected:
  void start(ServerOptions options = {}) {
    Router router;
    router.upgrade("/ws", [this](UpgradeRequest request) { accept(std::move(request)); });
    router.upgrade("/moved", [this](UpgradeRequest request) {
      const unsigned other = 1 - request.shard().index();
      request.move_to(server->shard(other), [this, other](UpgradeRequest moved) {
        EXPECT_EQ(Shard::current()->index(), other);
        EXPECT_EQ(&moved.shard(), Shard::current());
        accept(std::move(moved));
      });
    });
    router.upgrade("/rejected", [](UpgradeRequest request) {
      request.reject(
          HttpResponse::text(403, request.request().query().get("why").value_or("").data()));
    });
    router.upgrade("/dropped", [](const UpgradeRequest&) {});
    server = serve(std::move(router), std::move(options));
  }
  void accept(UpgradeRequest request) {
    auto peer = std::make_unique<Peer>();
    peer->signal = &signal;
    Headers headers;
    headers.add("X-Extra", "1");
    peer->socket = request.accept(*peer, headers);
    signal.change([&] { peers.push_back(std::move(peer)); });
  }
  // Connected, the handshake read.
  Client connect(std::string_view path = "/ws", int receive_buffer = 0) {
    Client client(server->port(), receive_buffer);
    client.send(handshake(path));
    EXPECT_EQ(status_of(client.read_response()), 101);
    return client;
  }
  // What the server says to these bytes until it ends the connection.
  std::vector<Frame> say(const std::string& bytes) {
    Client client = connect();
    client.send(bytes);
    std::vector<Frame> frames;
    for (Frame frame = client.read_frame(); frame.opcode >= 0; frame = client.read_frame()) {
      frames.push_back(frame);
    }
    return frames;
  }
  Peer& last_peer() { return *peers.back(); }
  bool wait_for_close() {
    return signal.wait([&] { return !peers.empty() && last_peer().close_count > 0; });
  }

  Signal signal;
  std::vector<std::unique_ptr<Peer>> peers;
  std::unique_ptr<HttpServer> server;
};

TEST_F(WebSocketServer, AnswersTheHandshakeOfTheStandardsExample) {
  start();
  Client client(server->port());
  client.send(handshake());
  const auto response = client.read_response();
  EXPECT_NE(response.find("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"),
            std::string::npos);
  EXPECT_NE(response.find("X-Extra: 1\r\n"), std::string::npos);
}

TEST_F(WebSocketServer, RefusesBadHandshakes) {
  start();
  const auto without = [](std::string_view line) {
    std::string request = handshake();
    const auto at = request.find(line);
    return request.erase(at, request.find("\r\n", at) + 2 - at);
  };
  const auto status = [&](const std::string& request) {
    Client client(server->port());
    client.send(request);
    return status_of(client.read_to_end());
  };
  EXPECT_EQ(status(without("Connection")), 400);
  EXPECT_EQ(status(without("Sec-WebSocket-Key")), 400);
  EXPECT_EQ(status(without("Sec-WebSocket-Version")), 426);
  EXPECT_EQ(status("POST" + handshake().substr(3)), 400);
  EXPECT_EQ(status(handshake("/rejected?why=no")), 403);
  EXPECT_EQ(status(handshake("/dropped")), 500);
}

TEST_F(WebSocketServer, EchoesTextAndBinary) {
  start();
  Client client = connect();
  for (const std::size_t size : {0, 1, 125, 126, 65535, 65536, 900000}) {
    client.send(text_frame(std::string(size, 'x')));
    EXPECT_EQ(client.read_frame(), (Frame{1, std::string(size, 'x')}));
  }
  client.send(masked(0x82, "\xFF\x00"));
  EXPECT_EQ(client.read_frame(), (Frame{2, "\xFF"}));
}

TEST_F(WebSocketServer, ReadsFramesThatCameWithTheHandshake) {
  start();
  Client client(server->port());
  client.send(handshake() + text_frame("early") + text_frame("birds").substr(0, 8));
  EXPECT_EQ(status_of(client.read_response()), 101);
  EXPECT_EQ(client.read_frame(), (Frame{1, "early"}));
  client.send(text_frame("birds").substr(8));
  EXPECT_EQ(client.read_frame(), (Frame{1, "birds"}));
}

TEST_F(WebSocketServer, MovesToAnotherShardWithItsUnreadBytes) {
  ServerOptions options;
  options.threads = 2;
  start(options);
  for (int i = 0; i < 50; ++i) {
    Client client(server->port());
    client.send(handshake("/moved") + text_frame("early"));
    EXPECT_EQ(status_of(client.read_response()), 101);
    EXPECT_EQ(client.read_frame(), (Frame{1, "early"}));
    client.send(text_frame("later"));
    EXPECT_EQ(client.read_frame(), (Frame{1, "later"}));
  }
}

TEST_F(WebSocketServer, AMoveLosesNothingWhenTheHandshakeIsPipelined) {
  ServerOptions options;
  options.threads = 2;
  start(options);
  Client client(server->port());
  client.send(get("/missing") + handshake("/moved") + text_frame("early"));
  EXPECT_EQ(status_of(client.read_response()), 404);
  EXPECT_EQ(status_of(client.read_response()), 101);
  EXPECT_EQ(client.read_frame(), (Frame{1, "early"}));
}

TEST_F(WebSocketServer, AnswersPingsInTheirPlace) {
  start();
  Client client = connect();
  client.send(masked(0x01, "a") + masked(0x89, "now") + masked(0x80, "b"));
  EXPECT_EQ(client.read_frame(), (Frame{10, "now"}));
  EXPECT_EQ(client.read_frame(), (Frame{1, "ab"}));
}

TEST_F(WebSocketServer, AgreesToAClose) {
  start();
  EXPECT_EQ(say(masked(0x88, close_payload(1000, "bye"))),
            (std::vector{Frame{8, close_payload(1000)}}));
  ASSERT_TRUE(wait_for_close());
  EXPECT_EQ(last_peer().cause, CloseCause::peer);
  EXPECT_EQ(last_peer().code, 1000);
  EXPECT_EQ(last_peer().reason, "bye");
  EXPECT_EQ(say(masked(0x88, "")), (std::vector{Frame{8, ""}}));
}

TEST_F(WebSocketServer, ClosesAfterTheEchoOfWhatCameBefore) {
  start();
  EXPECT_EQ(say(text_frame("one") + masked(0x88, close_payload(1001)) + text_frame("after")),
            (std::vector{Frame{1, "one"}, Frame{8, close_payload(1001)}}));
}

TEST_F(WebSocketServer, ClosesOnViolationsWithTheirCode) {
  start();
  const auto code_of = [&](const std::string& bytes) {
    const auto frames = say(bytes);
    if (frames.size() != 1 || frames[0].payload.size() < 2) return -1;
    EXPECT_TRUE(wait_for_close());
    EXPECT_EQ(last_peer().cause, CloseCause::violation);
    return static_cast<unsigned char>(frames[0].payload[0]) << 8 |
           static_cast<unsigned char>(frames[0].payload[1]);
  };
  EXPECT_EQ(code_of("\x81\x02hi"), 1002);
  EXPECT_EQ(code_of(masked(0x83, "a")), 1002);
  EXPECT_EQ(code_of(text_frame("\xFF")), 1007);
  EXPECT_EQ(code_of(masked(0x82, std::string(1024 * 1024 + 1, 'x')).substr(0, 14)), 1009);
  EXPECT_EQ(code_of(masked(0x88, "x")), 1002) << "half a code";
  for (const int bad : {0, 999, 1004, 1005, 1006, 1015, 2999, 5000}) {
    EXPECT_EQ(code_of(masked(0x88, close_payload(bad))), 1002) << bad;
  }
  EXPECT_EQ(code_of(masked(0x88, close_payload(1000, "\xFF"))), 1007);
}

TEST_F(WebSocketServer, ClosesAMessageThatDoesNotComeOnThoughPingsDo) {
  ServerOptions options;
  options.body_window_ms = 100;
  start(options);
  const auto code_of = [&](const std::string& bytes) {
    Client client = connect();
    client.send(text_frame("whole") + bytes);
    EXPECT_EQ(client.read_frame(), (Frame{1, "whole"}));
    Frame frame = client.read_frame();
    for (int pings = 0; frame.opcode == 10 && pings < 100'000; ++pings) {
      client.send(masked(0x89, "still here"));
      frame = client.read_frame();
    }
    return frame;
  };
  const Frame too_slow{8, close_payload(1008, "the message came too slowly")};
  EXPECT_EQ(code_of(masked(0x01, "half a message")), too_slow);
  EXPECT_EQ(code_of(masked(0x01, "half a message") + masked(0x89, "still here")), too_slow);
  EXPECT_EQ(code_of(text_frame("a frame cut").substr(0, 9)), too_slow);
  EXPECT_EQ(code_of(text_frame("a head cut").substr(0, 1)), too_slow);
  ASSERT_TRUE(wait_for_close());
  EXPECT_EQ(last_peer().cause, CloseCause::violation);
  EXPECT_EQ(server->metrics().timeouts, 4u);
}

TEST_F(WebSocketServer, AnIdleConnectionAndAMessageThatComesOnHaveTheirTime) {
  ServerOptions options;
  options.body_window_ms = 150;
  options.body_window_bytes = 1;
  start(options);
  Client idle = connect();
  idle.send(text_frame("begun").substr(0, 3));
  idle.send(text_frame("begun").substr(3));
  EXPECT_EQ(idle.read_frame(), (Frame{1, "begun"}));
  Client slow = connect();
  slow.send(masked(0x01, "a"));
  // Connections that stay silent tell when a window has passed.
  std::atomic<bool> have_windows_passed = false;
  std::thread clock([&] {
    for (int windows = 0; windows < 3; ++windows) say(masked(0x01, ""));
    have_windows_passed = true;
  });
  std::size_t size = 1;
  for (; !have_windows_passed; ++size) {
    slow.send(masked(0x00, "b"));
    std::this_thread::yield();
  }
  clock.join();
  slow.send(masked(0x80, "c"));
  EXPECT_EQ(slow.read_frame().payload.size(), size + 1);
  idle.send(text_frame("still here"));
  EXPECT_EQ(idle.read_frame(), (Frame{1, "still here"}));
}

TEST_F(WebSocketServer, UnfinishedMessagesTogetherHoldNoMoreThanTheBudget) {
  ServerOptions options;
  options.incoming_budget_bytes = 1500;
  start(options);
  Client first = connect();
  first.send(masked(0x01, std::string(1000, 'a')) + masked(0x89, "taken"));
  EXPECT_EQ(first.read_frame(), (Frame{10, "taken"}));
  EXPECT_EQ(say(masked(0x01, std::string(501, 'b'))),
            (std::vector{Frame{8, close_payload(1013, "too much is on its way")}}));
  Client third = connect();
  third.send(masked(0x01, std::string(500, 'c')) + masked(0x80, "c"));
  EXPECT_EQ(third.read_frame(), (Frame{1, std::string(501, 'c')}));
  first.send(masked(0x80, "a"));
  EXPECT_EQ(first.read_frame(), (Frame{1, std::string(1000, 'a') + "a"}));
}

TEST_F(WebSocketServer, BehindAProxyEachClientMayOpenSoMany) {
  ServerOptions options;
  options.threads = 2;
  options.trusted_proxies = {"127.0.0.0/8"};
  options.max_open_per_address = 2;
  start(options);
  const auto open = [&](Client& client, std::string_view address, std::string_view path) {
    std::string request = handshake(path);
    client.send(request.insert(request.find("\r\n") + 2,
                               "X-Forwarded-For: " + std::string(address) + "\r\n"));
    return status_of(client.read_response());
  };
  Client first(server->port());
  Client second(server->port());
  Client third(server->port());
  Client other(server->port());
  EXPECT_EQ(open(first, "192.0.2.1", "/ws"), 101);
  EXPECT_EQ(open(second, "192.0.2.1", "/moved"), 101);
  EXPECT_EQ(open(third, "192.0.2.1", "/ws"), 429);
  EXPECT_EQ(open(other, "192.0.2.2", "/ws"), 101);
  EXPECT_EQ(server->metrics().refused, 1u);
  first.close();
  second.close();
  third.close();
  while (server->metrics().open_connections > 1) std::this_thread::yield();
  for (int i = 0; i < 2; ++i) {
    Client again(server->port());
    EXPECT_EQ(open(again, "192.0.2.1", "/ws"), 101);
  }
}

TEST_F(WebSocketServer, ClosesFromItsSideAndWaitsForTheAnswer) {
  start();
  Client client = connect();
  client.send(text_frame("close me") + text_frame("not echoed"));
  EXPECT_EQ(client.read_frame(), (Frame{8, close_payload(4000, "as you wish")}));
  client.send(masked(0x88, close_payload(4000)));
  EXPECT_EQ(client.read_frame(), Frame{});
  ASSERT_TRUE(wait_for_close());
  EXPECT_EQ(last_peer().cause, CloseCause::local);
  EXPECT_EQ(last_peer().code, 4000);
}

TEST_F(WebSocketServer, DoesNotWaitLongForTheAnswerToItsClose) {
  ServerOptions options;
  options.close_timeout_ms = 100;
  start(options);
  Client client = connect();
  client.send(text_frame("close me"));
  EXPECT_EQ(client.read_frame().opcode, 8);
  EXPECT_EQ(client.read_frame(), Frame{});
  ASSERT_TRUE(wait_for_close());
  EXPECT_EQ(last_peer().cause, CloseCause::local);
}

TEST_F(WebSocketServer, TellsABrokenConnectionAndAnAbort) {
  start();
  connect().reset();
  ASSERT_TRUE(wait_for_close());
  EXPECT_EQ(last_peer().cause, CloseCause::lost);
  EXPECT_EQ(last_peer().code, 1006);
  EXPECT_TRUE(say(text_frame("abort me")).empty());
  ASSERT_TRUE(wait_for_close());
  EXPECT_EQ(last_peer().cause, CloseCause::aborted);
}

TEST_F(WebSocketServer, ABroadcastReachesEveryoneInOrder) {
  start();
  std::vector<Client> clients;
  for (int i = 0; i < 20; ++i) clients.push_back(connect());
  Shard& shard = server->shard(0);
  for (int round = 0; round < 50; ++round) {
    shard.post([this, &shard, round] {
      for (int i = 0; i < 20; ++i) {
        const Slice frame = shard.frame(Opcode::text, std::to_string(round * 20 + i));
        for (auto& peer : peers) peer->socket->send(frame);
      }
    });
  }
  for (auto& client : clients) {
    for (int i = 0; i < 1000; ++i) EXPECT_EQ(client.read_frame(), (Frame{1, std::to_string(i)}));
  }
}

TEST_F(WebSocketServer, ASlowReaderGetsEverythingWithinTheBound) {
  ServerOptions options;
  options.max_outgoing_bytes = 64 << 20;
  start(options);
  Client client = connect("/ws", 4096);
  Shard& shard = server->shard(0);
  std::mt19937 random(4);
  std::vector<std::string> sent;
  for (int i = 0; i < 2000; ++i) {
    sent.push_back(std::to_string(i) + std::string(random() % 3000, 'x'));
    shard.post([this, &shard, text = sent.back()] {
      shard.frame(Opcode::text, "for nobody");
      last_peer().socket->send(shard.frame(Opcode::text, text));
    });
  }
  for (const auto& text : sent) ASSERT_EQ(client.read_frame(), (Frame{1, text}));
}

TEST_F(WebSocketServer, AReceiverThatNeverReadsIsClosedAndCounted) {
  start();
  Client client = connect("/ws", 4096);
  Client healthy = connect();
  Shard& shard = server->shard(0);
  std::atomic<bool> is_over = false;
  std::atomic<std::size_t> most_queued = 0;
  for (int i = 0; i < 2000 && !is_over; ++i) {
    Signal done;
    bool is_done = false;
    shard.post([&] {
      const Slice frame = shard.frame(Opcode::text, std::string(10'000, 'x'));
      for (auto& peer : peers) {
        if (peer->close_count > 0) continue;
        peer->socket->send(frame);
        most_queued = std::max(most_queued.load(), peer->socket->queued_bytes());
      }
      is_over = peers[0]->close_count > 0;
      done.change([&] { is_done = true; });
    });
    ASSERT_TRUE(done.wait([&] { return is_done; }));
    EXPECT_EQ(healthy.read_frame().payload.size(), 10'000u);
  }
  EXPECT_TRUE(is_over);
  EXPECT_EQ(peers[0]->cause, CloseCause::slow_consumer);
  EXPECT_EQ(server->metrics().slow_consumers, 1u);
  EXPECT_LT(most_queued, 1024 * 1024 + 20'000u);
}

TEST_F(WebSocketServer, MuchWithinOneTurnIsNoSlowness) {
  start();
  Client client = connect();
  Shard& shard = server->shard(0);
  std::thread reader([&] {
    for (int i = 0; i < 300; ++i) EXPECT_EQ(client.read_frame().payload.size(), 10'000u);
  });
  // A client that reads takes this much into its socket buffers alone.
  for (int part = 0; part < 3; ++part) {
    shard.post([&] {
      for (int i = 0; i < 100; ++i) last_peer().socket->send_text(std::string(10'000, 'x'));
    });
  }
  reader.join();
  EXPECT_EQ(server->metrics().slow_consumers, 0u);
}

TEST_F(WebSocketServer, TheBudgetOfTheProcessClosesTheLargestQueuesFirst) {
  ServerOptions options;
  options.max_outgoing_bytes = 100 << 20;
  options.outgoing_budget_bytes = 8 << 20;
  start(options);
  Client slow = connect("/ws", 4096);
  Client less_slow = connect("/ws", 4096);
  Shard& shard = server->shard(0);
  shard.post([&] { peers[1]->socket->send_text(std::string(600'000, 'y')); });
  for (int i = 0; i < 1500; ++i) {
    shard.post([&] {
      if (peers[0]->close_count == 0) peers[0]->socket->send_text(std::string(20'000, 'x'));
    });
  }
  ASSERT_TRUE(signal.wait([&] { return peers[0]->close_count == 1; }));
  EXPECT_EQ(peers[0]->cause, CloseCause::slow_consumer);
  EXPECT_EQ(less_slow.read_frame().payload.size(), 600'000u);
}

TEST_F(WebSocketServer, DrainClosesWith1001) {
  start();
  Client client = connect();
  std::thread drainer([&] { server->drain(std::chrono::seconds(10)); });
  const Frame frame = client.read_frame();
  EXPECT_EQ(frame.opcode, 8);
  EXPECT_EQ(frame.payload.substr(0, 2), close_payload(1001));
  client.send(masked(0x88, frame.payload));
  EXPECT_EQ(client.read_frame(), Frame{});
  client.close();
  drainer.join();
  EXPECT_EQ(last_peer().close_count, 1);
}

TEST_F(WebSocketServer, TheServersEndIsSafeWhileConnectionsMove) {
  ServerOptions options;
  options.threads = 2;
  start(options);
  for (int round = 0; round < 10; ++round) {
    std::vector<Client> clients;
    for (int i = 0; i < 20; ++i) {
      clients.emplace_back(server->port());
      clients.back().send(handshake("/moved"));
    }
    server->drain(std::chrono::milliseconds(round));
    for (const auto& peer : peers) EXPECT_EQ(peer->close_count, peer->socket ? 1 : 0);
    peers.clear();
    start(options);
  }
}

TEST_F(WebSocketServer, EveryHandlerHearsOfTheServersEnd) {
  ServerOptions options;
  options.threads = 2;
  start(options);
  std::vector<Client> clients;
  for (int i = 0; i < 10; ++i) clients.push_back(connect());
  server.reset();
  for (const auto& peer : peers) EXPECT_EQ(peer->close_count, 1);
}

}  // namespace
}  // namespace parlor::net
