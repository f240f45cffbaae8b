#include <gmock/gmock.h>

#include <atomic>
#include <optional>

#include "realtime/test_support.h"

namespace parlor::realtime {
namespace {

using ::testing::ElementsAre;
using testing::PollingClient;
using testing::Signal;
using testing::WebSocketClient;

constexpr std::string_view kRoom = "room 17";

// One event of a stream; `text` is its argument.
BroadcastPtr event_of(Server& io, std::uint64_t stream, std::uint64_t position,
                      std::string_view text) {
  auto broadcast = std::make_shared<Broadcast>();
  broadcast->nsp = &io.of("/");
  broadcast->rooms = {std::string(kRoom)};
  broadcast->stream = stream;
  broadcast->position = position;
  broadcast->packet = socketio::encode_event("/", "m", socketio::Arguments::of(text));
  return broadcast;
}

std::function<bool(const Broadcast&)> seen_up_to(std::uint64_t stream, std::uint64_t position) {
  return [=](const Broadcast& broadcast) {
    return broadcast.stream == stream && broadcast.position <= position;
  };
}

// A server whose middleware begins to catch up, joins the room and leaves the rest to the test.
class CatchUp : public testing::ThreadedRealtimeTest {
 protected:
  void serve(Options options = {}) {
    make(options).use([this](Socket& socket, Next next) {
      socket.begin_catch_up();
      socket.join(kRoom);
      signal.change([&] {
        ref = socket.ref();
        answer.emplace(std::move(next));
      });
    });
    start(GetParam());
  }
  void wait_for_handshake() {
    ASSERT_TRUE(signal.wait([&] { return answer.has_value(); }));
  }
  void publish(std::uint64_t stream, std::uint64_t position, std::string_view text) {
    io->broadcast(event_of(*io, stream, position, text));
  }

  Signal signal;
  SocketRef ref;
  std::optional<Next> answer;
};
INSTANTIATE_TEST_SUITE_P(, CatchUp, ::testing::Values(1U, 2U), testing::threads_name);

TEST_P(CatchUp, WhatIsBroadcastBeforeTheConnectAnswerComesBehindItInOrder) {
  serve();
  WebSocketClient client(port);
  client.send("40");
  wait_for_handshake();
  publish(17, 1, "a");
  publish(17, 2, "b");
  with(ref, [&](Socket& socket) {
    (*answer)();
    socket.emit("state", 0);
    EXPECT_TRUE(socket.is_catching_up());
    EXPECT_TRUE(socket.end_catch_up());
    EXPECT_FALSE(socket.is_catching_up());
  });
  publish(17, 3, "c");
  EXPECT_THAT(client.read(), ::testing::StartsWith("40{"));
  EXPECT_THAT(client.read_until(R"(42["m","c"])"),
              ElementsAre(R"(42["state",0])", R"(42["m","a"])", R"(42["m","b"])"));
}

TEST_P(CatchUp, OverPollingToo) {
  serve();
  PollingClient client(port);
  EXPECT_EQ(client.post("40"), 200);
  wait_for_handshake();
  publish(17, 1, "a");
  with(ref, [&](Socket& socket) {
    (*answer)();
    socket.end_catch_up();
  });
  publish(17, 2, "b");
  const auto packets = client.read_until(R"(42["m","b"])");
  ASSERT_EQ(packets.size(), 2U);
  EXPECT_EQ(packets[1], R"(42["m","a"])");
}

TEST_P(CatchUp, WhatWasReadAlreadyIsDropped) {
  serve();
  WebSocketClient client(port);
  client.send("40");
  wait_for_handshake();
  for (std::uint64_t i = 1; i <= 5; ++i) publish(17, i, std::to_string(i));
  publish(18, 1, "of another stream");
  with(ref, [&](Socket& socket) {
    (*answer)();
    EXPECT_TRUE(socket.end_catch_up(seen_up_to(17, 3)));
  });
  publish(17, 6, "6");
  client.read();
  EXPECT_THAT(client.read_until(R"(42["m","6"])"),
              ElementsAre(R"(42["m","4"])", R"(42["m","5"])", R"(42["m","of another stream"])"));
}

TEST_P(CatchUp, OverlappingOnesWriteNothingBeforeTheLastHasEnded) {
  serve();
  WebSocketClient client(port);
  client.send("40");
  wait_for_handshake();
  publish(1, 1, "1.1");
  publish(2, 1, "2.1");
  with(ref, [&](Socket& socket) {
    socket.begin_catch_up();
    (*answer)();
  });
  publish(1, 2, "1.2");
  with(ref, [&](Socket& socket) {
    EXPECT_TRUE(socket.end_catch_up(seen_up_to(1, 1)));
    EXPECT_TRUE(socket.is_catching_up());
    socket.emit("between");  // its own are not held
  });
  publish(2, 2, "2.2");
  with(ref, [&](Socket& socket) { EXPECT_TRUE(socket.end_catch_up(seen_up_to(2, 1))); });
  publish(1, 3, "end");
  client.read();
  EXPECT_THAT(client.read_until(R"(42["m","end"])"),
              ElementsAre(R"(42["between"])", R"(42["m","1.2"])", R"(42["m","2.2"])"));
}

TEST_P(CatchUp, FailsWhenTooMuchComesAndBeginsAnew) {
  Options options;
  options.maximum_held = 1'000;
  serve(options);
  WebSocketClient client(port);
  client.send("40");
  wait_for_handshake();
  for (std::uint64_t i = 1; i <= 3; ++i) publish(17, i, std::string(400, 'x'));
  with(ref, [&](Socket& socket) {
    (*answer)();
    EXPECT_FALSE(socket.end_catch_up());
    socket.begin_catch_up();
  });
  EXPECT_EQ(io->metrics().held_overflows, 1U);
  publish(17, 4, "held anew");
  with(ref, [&](Socket& socket) { EXPECT_TRUE(socket.end_catch_up()); });
  publish(17, 5, "end");
  client.read();
  EXPECT_THAT(client.read_until(R"(42["m","end"])"), ElementsAre(R"(42["m","held anew"])"));
}

TEST_P(CatchUp, WhatAnEarlierOneHasDroppedDoesNotCountAgainstTheLater) {
  Options options;
  options.maximum_held = 1'000;
  serve(options);
  WebSocketClient client(port);
  client.send("40");
  wait_for_handshake();
  with(ref, [&](Socket& socket) { socket.begin_catch_up(); });
  publish(1, 1, std::string(800, 'x'));
  with(ref, [&](Socket& socket) { EXPECT_TRUE(socket.end_catch_up(seen_up_to(1, 1))); });
  publish(2, 1, std::string(800, 'y'));
  with(ref, [&](Socket& socket) {
    (*answer)();
    EXPECT_TRUE(socket.end_catch_up());
  });
  client.read();
  EXPECT_EQ(client.read().size(), 800U + std::string_view(R"(42["m",""])").size());
}

TEST_P(CatchUp, VolatileBroadcastsAndThoseWithAcksPassBy) {
  serve();
  WebSocketClient client(port);
  client.send("40");
  wait_for_handshake();
  with(ref, [&](Socket&) { (*answer)(); });
  io->to(kRoom).volatile_().emit("typing");
  bool done = false;
  io->to(kRoom).emit_with_ack(5'000, "question", {}, [&](BroadcastAcks acks) {
    EXPECT_EQ(acks.answers.size() + acks.missing, 0U);
    signal.change([&] { done = true; });
  });
  ASSERT_TRUE(signal.wait([&] { return done; }));
  with(ref, [&](Socket& socket) { EXPECT_TRUE(socket.end_catch_up()); });
  publish(17, 1, "end");
  client.read();
  EXPECT_THAT(client.read_until(R"(42["m","end"])"), ::testing::IsEmpty());
}

TEST_P(CatchUp, ASocketThatGoesMeanwhileLeavesNothingBehind) {
  serve();
  {
    WebSocketClient client(port);
    client.send("40");
    wait_for_handshake();
    publish(17, 1, "a");
  }
  ASSERT_TRUE(eventually([&] { return io->engine_metrics().sessions == 0; }));
  std::atomic<bool> found = false;
  io->with_socket(ref, [&](Socket&) { found = true; });
  (*answer)();
  publish(17, 2, "b");
  settle();
  EXPECT_FALSE(found);
  EXPECT_EQ(io->metrics().sockets, 0);
}

TEST_P(CatchUp, GoesOnAcrossTheUpgradeToAWebSocket) {
  serve();
  PollingClient polling(port);
  EXPECT_EQ(polling.post("40"), 200);
  wait_for_handshake();
  with(ref, [&](Socket&) { (*answer)(); });
  EXPECT_THAT(polling.poll(), ::testing::StartsWith("40{"));
  publish(17, 1, "polling");

  net::testing::Client upgrade(port);
  upgrade.send(
      net::testing::handshake(std::string(testing::kPath) + "websocket&sid=" + polling.session));
  EXPECT_EQ(testing::status_of(upgrade.read_response(false)), 101);
  upgrade.send(net::testing::text_frame("2probe"));
  EXPECT_EQ(upgrade.read_frame().payload, "3probe");
  publish(17, 2, "upgrading");
  upgrade.send(net::testing::text_frame("5"));
  ASSERT_TRUE(eventually([&] { return io->engine_metrics().upgrades == 1; }));
  publish(17, 3, "upgraded");
  with(ref, [&](Socket& socket) { EXPECT_TRUE(socket.end_catch_up(seen_up_to(17, 1))); });
  publish(17, 4, "caught up");
  EXPECT_EQ(upgrade.read_frame().payload, R"(42["m","upgrading"])");
  EXPECT_EQ(upgrade.read_frame().payload, R"(42["m","upgraded"])");
  EXPECT_EQ(upgrade.read_frame().payload, R"(42["m","caught up"])");
}

// ---- all at once -------------------------------------------------------------------------------

// A log that grows all the time, and clients that come meanwhile: each is told how far the log was
// when it was read, and must get every later entry once, in order.
class GrowingLog : public testing::ThreadedRealtimeTest {
 protected:
  static constexpr std::uint64_t kEntries = 10'000;

  void serve() {
    make().use([this](Socket& socket, Next next) {
      socket.begin_catch_up();
      socket.join(kRoom);
      read_elsewhere(socket.ref(), next);
    });
    io->on("again", [this](Socket& socket, Event&) {  // once more, of one that is connected
      socket.begin_catch_up();
      read_elsewhere(socket.ref(), std::nullopt);
    });
    start(GetParam());
  }
  void read_elsewhere(SocketRef ref, std::optional<Next> next) {
    const std::lock_guard lock(readers_mutex);
    readers.emplace_back([this, ref, next] {
      std::uint64_t position = 0;
      {
        const std::lock_guard log(log_mutex);
        position = length;
      }
      io->with_socket(ref, [next, position](Socket& socket) {
        if (next) {
          (*next)();
          socket.emit("state", position);
        }
        EXPECT_TRUE(socket.end_catch_up(
            [&](const Broadcast& b) { return next && b.position <= position; }));
      });
    });
  }
  void grow() {
    for (std::uint64_t i = 0; i < kEntries; ++i) {
      const std::lock_guard log(log_mutex);
      ++length;
      io->broadcast(event_of(*io, 17, length, std::to_string(length)));
    }
  }
  // What a client has got, up to the end.
  void check(const std::vector<std::string>& packets) {
    ASSERT_GE(packets.size(), 2U);
    EXPECT_THAT(packets[0], ::testing::StartsWith("40{"));
    const std::string_view state = packets[1];
    ASSERT_TRUE(state.starts_with(R"(42["state",)")) << state;
    auto position = std::stoull(packets[1].substr(11));
    for (std::size_t i = 2; i < packets.size(); ++i) {
      ASSERT_EQ(packets[i], R"(42["m",")" + std::to_string(++position) + R"("])");
    }
    EXPECT_EQ(position, kEntries);
  }

  std::mutex log_mutex;
  std::uint64_t length = 0;
  std::mutex readers_mutex;
  std::vector<std::thread> readers;
};
INSTANTIATE_TEST_SUITE_P(, GrowingLog, ::testing::Values(1U, 2U), testing::threads_name);

TEST_P(GrowingLog, ReachesEveryClientWithoutAGapOrADouble) {
  constexpr int kClients = 12;
  constexpr std::string_view kEnd = R"(42["end"])";
  serve();
  std::thread writer([this] { grow(); });
  std::vector<std::thread> clients;
  std::atomic<int> arrived{0};
  for (int i = 0; i < kClients; ++i) {
    // One behind the other, so that they come while the log grows.
    clients.emplace_back([this, i, &arrived, kEnd] {
      while (arrived < i) std::this_thread::yield();
      if (i % 2 == 0) {
        WebSocketClient client(port);
        client.send("40");
        ++arrived;
        std::vector<std::string> packets{client.read()};
        for (int n = 0; n < 5; ++n) client.send(R"(42["again"])");
        for (auto& packet : client.read_until(kEnd)) packets.push_back(std::move(packet));
        check(packets);
      } else {
        PollingClient client(port);
        EXPECT_EQ(client.post("40"), 200);
        ++arrived;
        check(client.read_until(kEnd));
      }
    });
  }
  writer.join();
  ASSERT_TRUE(eventually([&] { return io->metrics().sockets == kClients; }));
  for (;
       ;) {  // all that read have ended; whoever asks again meanwhile holds the end back, not loses
    std::vector<std::thread> now;
    {
      const std::lock_guard lock(readers_mutex);
      now.swap(readers);
    }
    if (now.empty()) break;
    for (auto& reader : now) reader.join();
    settle();
  }
  io->to(kRoom).emit("end");
  for (auto& client : clients) client.join();
  http->drain(std::chrono::seconds(0));  // nobody asks any more
  for (auto& reader : readers) reader.join();
}

}  // namespace
}  // namespace parlor::realtime
