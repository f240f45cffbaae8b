// Clients that do not read, send too much or keep the server waiting: they are closed and counted,
// and others notice nothing.
#include <gmock/gmock.h>

#include <algorithm>
#include <atomic>

#include "realtime/client.h"
#include "realtime/test_support.h"

namespace parlor::realtime {
namespace {

using ::testing::ElementsAre;
using testing::PollingClient;
using testing::Signal;
using testing::WebSocketClient;

class Limits : public testing::ThreadedRealtimeTest {
 protected:
  void serve(const Options& options = {}) {
    make(options).on_disconnect([this](Socket&, socketio::CloseReason reason) {
      signal.change([&] { reasons.push_back(reason); });
    });
    io->on_connection([](Socket& socket) { socket.join("all"); });
    start(GetParam());
  }
  // Another client's event goes there and back.
  void expect_served() {
    WebSocketClient other(port);
    other.connect();
    io->to(other.id).emit("still", "here");
    EXPECT_EQ(other.read(), R"(42["still","here"])");
    other.send("41");
    ASSERT_TRUE(wait_for(socketio::CloseReason::client_namespace_disconnect));
  }
  [[nodiscard]] bool wait_for(socketio::CloseReason reason) {
    return signal.wait([&] { return std::ranges::find(reasons, reason) != reasons.end(); });
  }

  Signal signal;
  std::vector<socketio::CloseReason> reasons;
};
INSTANTIATE_TEST_SUITE_P(, Limits, ::testing::Values(1U, 2U), testing::threads_name);

TEST_P(Limits, AWebSocketThatIsNotReadIsClosedAndOthersGetEverything) {
  constexpr int kMessages = 400;
  Options options;
  options.engine.engine.maximum_buffered = 256 * 1024;
  serve(options);
  WebSocketClient slow(port, 4'096), reading(port);
  slow.connect();
  reading.connect();
  const std::string text(50'000, 'x');
  for (int i = 0; i < kMessages; ++i) {
    io->to("all").emit("m", i, text);
    const auto packet = reading.read();
    ASSERT_TRUE(packet.starts_with(R"(42["m",)" + std::to_string(i) + ",")) << i;
  }
  ASSERT_TRUE(wait_for(socketio::CloseReason::slow_consumer));
  ASSERT_TRUE(eventually([&] { return io->engine_metrics().sessions == 1; }));
  EXPECT_EQ(io->engine_metrics().slow_consumers, 1U);
  expect_served();
}

TEST_P(Limits, ItsOwnEmitsCountToo) {
  Options options;
  options.engine.engine.maximum_buffered = 256 * 1024;
  serve(options);
  WebSocketClient slow(port, 4'096);
  slow.connect();
  const std::string text(50'000, 'x');
  SocketRef ref;
  with(slow.id, [&](Socket& socket) { ref = socket.ref(); });
  for (int i = 0; i < 400; ++i) {
    io->with_socket(ref, [&](Socket& socket) { socket.emit("m", text); });
  }
  ASSERT_TRUE(wait_for(socketio::CloseReason::slow_consumer));
  EXPECT_EQ(io->engine_metrics().slow_consumers, 1U);
}

TEST_P(Limits, VolatileEventsAreDroppedForAClientThatDoesNotRead) {
  Options options;
  options.engine.engine.maximum_buffered = 256 * 1024;
  serve(options);
  WebSocketClient slow(port, 4'096);
  slow.connect();
  const std::string text(50'000, 'x');
  for (int i = 0; i < 400; ++i) {
    io->to("all").volatile_().emit("m", text);
    with(slow.id,
         [&](Socket& socket) { socket.emit_volatile("own", socketio::Arguments::of(text)); });
  }
  io->to("all").emit("end");
  const auto packets = slow.read_until(R"(42["end"])");
  EXPECT_GT(packets.size(), 0U);
  EXPECT_LT(packets.size(), 800U);
  EXPECT_EQ(io->engine_metrics().slow_consumers, 0U);
}

TEST_P(Limits, WhoDoesNotPollIsClosedAndOthersGetEverything) {
  Options options;
  options.engine.engine.maximum_buffered = 64 * 1024;
  serve(options);
  PollingClient slow(port);
  slow.connect();
  WebSocketClient reading(port);
  reading.connect();
  const std::string text(10'000, 'x');
  for (int i = 0; i < 6; ++i) io->to("all").emit("m", text);
  settle();
  EXPECT_EQ(io->engine_metrics().slow_consumers, 0U);
  EXPECT_GT(io->engine_metrics().buffered_bytes, 60'000);
  io->to("all").emit("m", text);
  ASSERT_TRUE(wait_for(socketio::CloseReason::slow_consumer));
  for (int i = 0; i < 7; ++i) EXPECT_GT(reading.read().size(), 10'000U);
  EXPECT_EQ(slow.post("3"), 400);
  EXPECT_EQ(io->engine_metrics().slow_consumers, 1U);
  ASSERT_TRUE(eventually([&] { return io->engine_metrics().buffered_bytes == 0; }));
  expect_served();
}

TEST_P(Limits, VolatileEventsAreDroppedWithoutAPoll) {
  serve();
  PollingClient client(port);
  client.connect();
  io->to("all").volatile_().emit("lost");
  settle();
  client.start_poll();
  ASSERT_TRUE(eventually([&] {
    bool writable = false;
    with(client.id, [&](Socket& socket) { writable = socket.client().engine().is_writable(); });
    return writable;
  }));
  io->to("all").volatile_().emit("kept");
  EXPECT_EQ(client.finish_poll(), R"(42["kept"])");
}

// What waits for its attachments is bounded for all sessions together, over both transports.
TEST_P(Limits, PacketsWithoutTheirAttachmentsKeepToTheBudget) {
  Options options;
  options.incomplete_budget = 100'000;
  serve(options);
  const std::string text =
      R"(452-["m",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}])";
  WebSocketClient first(port);
  first.connect();
  first.send(text);
  first.wire.send(net::testing::masked(0x82, std::string(60'000, 'x')));
  PollingClient second(port);
  second.connect();
  const std::string encoded(80'000, 'A');  // 60,000 bytes
  EXPECT_EQ(second.post(text + "\x1e" + "b" + encoded), 200);
  ASSERT_TRUE(wait_for(socketio::CloseReason::incomplete_packet));
  first.wire.send(net::testing::masked(0x82, "y"));  // the first still has its own
  first.send("41");
  ASSERT_TRUE(wait_for(socketio::CloseReason::client_namespace_disconnect));
  reasons.clear();

  WebSocketClient third(port);  // what was held is free again
  third.connect();
  third.send(text);
  third.wire.send(net::testing::masked(0x82, std::string(60'000, 'x')));
  third.wire.send(net::testing::masked(0x82, "y"));
  third.send("41");
  ASSERT_TRUE(wait_for(socketio::CloseReason::client_namespace_disconnect));
  expect_served();
}

// What waits for polls is bounded for all sessions together: those that keep most are closed first,
// on whichever shard they are.
TEST_P(Limits, TheBudgetOfAllSessionsIsKeptByClosingTheLargest) {
  Options options;
  options.engine.buffered_budget = 100'000;
  serve(options);
  // The small ones are on the last shard, which is the one to find that it is too much.
  const std::size_t last = GetParam() - 1;
  auto large = testing::client_on<PollingClient>(0, port);
  auto small = testing::client_on<PollingClient>(last, port);
  large->connect();
  small->connect();
  io->to(large->id).emit("m", std::string(80'000, 'x'));
  io->to(small->id).emit("m", std::string(15'000, 'x'));
  settle();
  EXPECT_EQ(io->engine_metrics().slow_consumers, 0U);
  io->to(small->id).emit("m", std::string(15'000, 'y'));
  ASSERT_TRUE(wait_for(socketio::CloseReason::slow_consumer));
  settle();
  EXPECT_EQ(large->post("3"), 400);
  EXPECT_EQ(io->engine_metrics().slow_consumers, 1U);
  EXPECT_LT(io->engine_metrics().buffered_bytes, 100'000);
  EXPECT_EQ(small->poll().size(), 2 * (15'000U + 10U) + 1U);
}

// ---- what clients send -------------------------------------------------------------------------

TEST_P(Limits, MoreEventsThanAllowedEndTheSession) {
  Options options;
  options.events = {1, 5};
  std::atomic<int> handled = 0;
  make(options).on("e", [&](Socket&, Event&) { ++handled; });
  start(GetParam());
  WebSocketClient client(port);
  client.connect();
  for (int i = 0; i < 50; ++i) client.send(R"(42["e"])");
  EXPECT_EQ(client.read(), "");
  // A second may have passed on a busy machine.
  EXPECT_GE(handled, 5);
  EXPECT_LT(handled, 50);
  EXPECT_EQ(io->metrics().rate_limited, 1U);
  PollingClient polling(port);
  polling.connect();
  std::string payload = R"(42["e"])";
  for (int i = 0; i < 50; ++i)
    payload +=
        "\x1e"
        R"(42["e"])";
  EXPECT_EQ(polling.post(payload), 200);
  EXPECT_EQ(polling.poll(), "1");
  EXPECT_EQ(io->metrics().rate_limited, 2U);
  stop();
}

TEST_P(Limits, TheApplicationSetsTheRateOfOneSocket) {
  make().on_connection([](Socket& socket) { socket.limit_events({1, 2}); });
  io->on("e", [](Socket&, Event& event) { event.ack(); });
  start(GetParam());
  WebSocketClient client(port);
  client.connect();
  client.send(R"(421["e"])");
  EXPECT_EQ(client.read(), "431[]");
  for (int i = 0; i < 30; ++i) client.send(R"(42["e"])");
  EXPECT_EQ(client.read(), "");
}

TEST_P(Limits, WhoJoinsNothingInTimeIsClosed) {
  Options options;
  options.connect_timeout_ms = 50;
  serve(options);
  WebSocketClient silent(port);
  EXPECT_EQ(silent.read(), "");
  ASSERT_TRUE(eventually([&] { return io->engine_metrics().sessions == 0; }));
}

TEST_P(Limits, WhoDoesNotAnswerPingsIsClosed) {
  Options options;
  options.engine.engine.ping_interval_ms = 50;
  options.engine.engine.ping_timeout_ms = 50;
  serve(options);
  WebSocketClient silent(port);
  silent.connect();
  EXPECT_EQ(silent.wire.read_frame().payload, "2");
  ASSERT_TRUE(wait_for(socketio::CloseReason::ping_timeout));
  EXPECT_EQ(io->engine_metrics().ping_timeouts, 1U);
}

TEST_P(Limits, WhatIsNoPacketEndsTheSession) {
  for (const std::string_view packet : {"9", "49", "42", "42{}", R"(42["a")", "4", "451-[\"a\"]",
                                        "43[]", "44{}", "40[]", R"(42["connect"])"}) {
    if (!io) serve();
    WebSocketClient client(port);
    client.connect();
    client.send(packet);
    if (packet.starts_with("45")) client.send("41");          // text while binary is awaited
    if (packet == "43[]") client.send("42/unknown,[\"a\"]");  // not joined
    EXPECT_EQ(client.read(), "") << packet;
  }
  ASSERT_TRUE(eventually([&] { return io->engine_metrics().sessions == 0; }));
  expect_served();
}

// ---- the end -----------------------------------------------------------------------------------

TEST_P(Limits, CloseAllEndsEveryConnectionInOrder) {
  serve();
  WebSocketClient websocket(port);
  websocket.connect();
  PollingClient polling(port), absent(port);
  polling.connect();
  absent.connect();
  polling.start_poll();
  ASSERT_TRUE(eventually([&] {
    bool writable = false;
    with(polling.id, [&](Socket& socket) { writable = socket.client().engine().is_writable(); });
    return writable;
  }));
  io->to("all").emit("bye");
  io->close_all();
  EXPECT_EQ(websocket.read(), R"(42["bye"])");
  EXPECT_EQ(websocket.read(), "");
  EXPECT_THAT(polling.finish_poll(), ::testing::AnyOf("42[\"bye\"]\x1e"
                                                      "1",
                                                      R"(42["bye"])"));
  EXPECT_EQ(absent.poll(),
            "42[\"bye\"]\x1e"
            "1");
  ASSERT_TRUE(signal.wait([&] { return reasons.size() == 3; }));
  EXPECT_THAT(reasons, ::testing::Each(socketio::CloseReason::server_shutting_down));
}

}  // namespace
}  // namespace parlor::realtime
