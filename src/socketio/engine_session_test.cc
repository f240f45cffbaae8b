#include "socketio/engine_session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace parlor::socketio {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;
using Request = EngineSession::Request;

class Host final : public EngineHost {
 public:
  void answer_poll(std::string payload) override { answers.push_back(std::move(payload)); }
  void request_flush() override { flush_requested = true; }
  void on_overflow() override { overflowed = true; }
  void send_frame(const MessagePtr& message) override {
    frames.push_back((message->binary() ? "bin:" : "") + std::string(message->bytes()));
  }
  void close_websocket() override { ++websockets_closed; }
  void on_text_message(std::string_view text) override { received.emplace_back(text); }
  void on_binary_message(std::string_view bytes) override {
    received.push_back("bin:" + std::string(bytes));
  }
  void on_session_close(CloseReason reason) override { closed = reason; }
  void on_finished() override { ++finished; }

  std::vector<std::string> answers, frames, received;
  std::optional<CloseReason> closed;
  int finished = 0;
  int websockets_closed = 0;
  bool flush_requested = false;
  bool overflowed = false;
};

class EngineSessionTest : public ::testing::Test {
 protected:
  EngineSessionTest() {
    options.ping_interval_ms = 300;
    options.ping_timeout_ms = 200;
  }
  void open_polling() {
    session.open_polling("SID", 0);
    host.answers.clear();
  }
  void open_websocket() {
    session.open_websocket("SID", 0);
    host.frames.clear();
  }
  void upgrade() {
    ASSERT_TRUE(session.upgrade_started(1));
    session.on_text_frame("2probe", 1);
    session.on_text_frame("5", 1);
    host.frames.clear();
  }
  bool post(std::string_view body, Milliseconds now = 1) {
    return session.post_started(now) == Request::accepted && session.post_finished(body, now);
  }
  void send(std::string text) { session.send(make_text(std::move(text))); }

  EngineOptions options;
  Host host;
  EngineSession session{options, host};
};

TEST_F(EngineSessionTest, PollingOpensWithAnUpgradeOffered) {
  session.open_polling("SID", 0);
  EXPECT_THAT(host.answers,
              ElementsAre(R"(0{"sid":"SID","upgrades":["websocket"],"pingInterval":300,)"
                          R"("pingTimeout":200,"maxPayload":1000000})"));
}

TEST_F(EngineSessionTest, AWebSocketOpensWithoutUpgrades) {
  session.open_websocket("SID", 0);
  ASSERT_EQ(host.frames.size(), 1U);
  EXPECT_THAT(host.frames[0], StartsWith(R"(0{"sid":"SID","upgrades":[],)"));
}

TEST_F(EngineSessionTest, BinaryMayComeInBase64OverAWebSocket) {
  open_websocket();
  session.on_text_frame("bAQID", 1);
  EXPECT_THAT(host.received, ElementsAre("bin:\x01\x02\x03"));
  session.on_text_frame("b?", 1);
  EXPECT_EQ(host.closed, CloseReason::parse_error);
}

TEST_F(EngineSessionTest, APayloadBringsTextAndBinaryInOrder) {
  open_polling();
  EXPECT_TRUE(
      post("4a\x1e"
           "bAQID\x1e"
           "4b"));
  EXPECT_THAT(host.received, ElementsAre("a", "bin:\x01\x02\x03", "b"));
}

TEST_F(EngineSessionTest, PacketsOfOneTurnShareOnePollAnswer) {
  open_polling();
  EXPECT_EQ(session.poll_started(1), Request::accepted);
  send("4a");
  session.send(make_binary("\x01\x02\x03\x04"));
  EXPECT_TRUE(host.flush_requested);
  EXPECT_THAT(host.answers, IsEmpty());
  session.flush();
  EXPECT_THAT(host.answers, ElementsAre("4a\x1e"
                                        "bAQIDBA=="));
}

TEST_F(EngineSessionTest, TwoPollsAtOnceEndTheSession) {
  open_polling();
  EXPECT_EQ(session.poll_started(1), Request::accepted);
  EXPECT_EQ(session.poll_started(2), Request::overlap);
  EXPECT_THAT(host.answers, ElementsAre("1"));
  EXPECT_EQ(host.closed, CloseReason::transport_error);
  EXPECT_EQ(session.poll_started(3), Request::finished);
}

TEST_F(EngineSessionTest, TwoPostsAtOnceEndTheSession) {
  open_polling();
  EXPECT_EQ(session.post_started(1), Request::accepted);
  EXPECT_EQ(session.post_started(2), Request::overlap);
  EXPECT_FALSE(session.post_finished("4a", 3));
  EXPECT_THAT(host.received, IsEmpty());
}

TEST_F(EngineSessionTest, APostWhoseBodyDoesNotComeEndsTheSession) {
  open_polling();
  EXPECT_EQ(session.post_started(1), Request::accepted);
  session.post_aborted();
  EXPECT_EQ(host.closed, CloseReason::transport_error);
  EXPECT_EQ(session.poll_started(2), Request::finished);
}

TEST_F(EngineSessionTest, AnAbortedPollEndsTheSession) {
  open_polling();
  EXPECT_EQ(session.poll_started(1), Request::accepted);
  session.poll_aborted();
  EXPECT_EQ(host.closed, CloseReason::transport_error);
  EXPECT_EQ(host.finished, 1);
  EXPECT_THAT(host.answers, IsEmpty());
}

TEST_F(EngineSessionTest, TheClientsCloseIsAnsweredWithANoop) {
  open_polling();
  EXPECT_EQ(session.poll_started(1), Request::accepted);
  EXPECT_TRUE(
      post("1\x1e"
           "4ignored"));
  EXPECT_THAT(host.answers, ElementsAre("6"));
  EXPECT_EQ(host.closed, CloseReason::transport_close);
  EXPECT_THAT(host.received, IsEmpty());
}

TEST_F(EngineSessionTest, APollJustBehindTheClientsCloseStillGetsItsNoop) {
  open_polling();
  EXPECT_TRUE(post("1", 5));
  EXPECT_EQ(host.closed, CloseReason::transport_close);
  EXPECT_EQ(session.poll_started(6), Request::accepted);
  EXPECT_THAT(host.answers, ElementsAre("6"));
  EXPECT_EQ(session.poll_started(7), Request::finished);
}

TEST_F(EngineSessionTest, ACloseWaitsForAPollAndTakesWhatWasBuffered) {
  open_polling();
  send("4last");
  session.close(CloseReason::server_close, 10);
  EXPECT_EQ(host.closed, CloseReason::server_close);
  EXPECT_EQ(host.finished, 0);
  EXPECT_EQ(session.deadline(), 10 + 30'000);
  EXPECT_EQ(session.poll_started(20), Request::accepted);
  EXPECT_THAT(host.answers, ElementsAre("4last\x1e"
                                        "1"));
  EXPECT_EQ(host.finished, 1);
}

TEST_F(EngineSessionTest, ACloseThatNobodyFetchesEndsAfterItsTime) {
  open_polling();
  session.close(CloseReason::server_close, 10);
  session.on_time(30'009);
  EXPECT_EQ(host.finished, 0);
  session.on_time(30'010);
  EXPECT_EQ(host.finished, 1);
}

TEST_F(EngineSessionTest, WhatIsBufferedCrossesTheUpgradeOnceAndInOrder) {
  open_polling();
  send("4a");
  ASSERT_TRUE(session.upgrade_started(1));
  session.on_text_frame("2probe", 1);
  EXPECT_THAT(host.frames, ElementsAre("3probe"));
  send("4b");
  session.on_text_frame("5", 2);
  send("4c");
  EXPECT_THAT(host.frames, ElementsAre("3probe", "4a", "4b", "4c"));
  EXPECT_THAT(host.answers, IsEmpty());
  EXPECT_EQ(session.poll_started(3), Request::wrong_transport);
  EXPECT_EQ(session.post_started(3), Request::wrong_transport);
}

TEST_F(EngineSessionTest, AProbeReleasesThePendingPoll) {
  open_polling();
  EXPECT_EQ(session.poll_started(1), Request::accepted);
  ASSERT_TRUE(session.upgrade_started(2));
  session.on_text_frame("2probe", 2);
  EXPECT_THAT(host.answers, ElementsAre("6"));
  EXPECT_EQ(session.poll_started(3), Request::accepted);  // one more before the client pauses
  EXPECT_THAT(host.answers, ElementsAre("6", "6"));
}

TEST_F(EngineSessionTest, APollDuringTheUpgradeTakesWhatIsBuffered) {
  open_polling();
  ASSERT_TRUE(session.upgrade_started(1));
  session.on_text_frame("2probe", 1);
  send("4a");
  EXPECT_EQ(session.poll_started(2), Request::accepted);
  session.on_text_frame("5", 3);
  EXPECT_THAT(host.answers, ElementsAre("4a"));
  EXPECT_THAT(host.frames, ElementsAre("3probe"));
}

TEST_F(EngineSessionTest, ASecondWebSocketIsOneTooMany) {
  open_polling();
  EXPECT_TRUE(session.upgrade_started(1));
  EXPECT_FALSE(session.upgrade_started(1));
  session.on_text_frame("2probe", 1);
  session.on_text_frame("5", 1);
  EXPECT_FALSE(session.upgrade_started(2));
  EXPECT_TRUE(session.is_open());
}

TEST_F(EngineSessionTest, AFailedUpgradeLeavesPollingWorking) {
  open_polling();
  ASSERT_TRUE(session.upgrade_started(1));
  session.on_text_frame("4too early", 1);
  EXPECT_EQ(host.websockets_closed, 1);
  ASSERT_TRUE(session.upgrade_started(2));
  session.websocket_closed(CloseReason::transport_close);
  ASSERT_TRUE(session.upgrade_started(3));
  EXPECT_TRUE(post("3", 250));  // keeps the heartbeat from ending it first
  options.ping_interval_ms = 60'000;
  EXPECT_TRUE(post("3", 260));
  session.on_time(3 + 10'000);
  EXPECT_EQ(host.websockets_closed, 2);
  EXPECT_EQ(session.poll_started(10'010), Request::accepted);
  send("4a");
  session.flush();
  EXPECT_THAT(host.answers, ElementsAre("4a"));
  EXPECT_TRUE(session.is_open());
}

TEST_F(EngineSessionTest, TheNextPingCountsFromThePong) {
  open_websocket();
  session.on_time(299);
  EXPECT_THAT(host.frames, IsEmpty());
  session.on_time(300);
  EXPECT_THAT(host.frames, ElementsAre("2"));
  session.on_text_frame("3", 400);
  EXPECT_EQ(session.deadline(), 700);
}

TEST_F(EngineSessionTest, SilenceEndsTheSessionInTimeEvenWhenATimerIsLate) {
  open_websocket();
  session.on_time(340);
  EXPECT_EQ(session.deadline(), 500);
  session.on_time(500);
  EXPECT_EQ(host.closed, CloseReason::ping_timeout);
  EXPECT_EQ(host.websockets_closed, 1);
}

TEST_F(EngineSessionTest, ARequestAfterTheTimeoutFindsNoSession) {
  open_polling();
  session.on_time(300);
  EXPECT_EQ(session.poll_started(500), Request::finished);
}

TEST_F(EngineSessionTest, AClientsPingIsAnError) {
  open_websocket();
  session.on_text_frame("2", 1);
  EXPECT_EQ(host.closed, CloseReason::transport_error);
}

TEST_F(EngineSessionTest, MalformedPacketsEndTheSession) {
  for (const std::string_view body : {"", "abc", "7", "4a\x1e", "b?", "bA", "4\xff", "4\xc0\x80"}) {
    Host other;
    EngineSession broken(options, other);
    broken.open_polling("SID", 0);
    ASSERT_EQ(broken.post_started(1), Request::accepted);
    EXPECT_FALSE(broken.post_finished(body, 1)) << body;
    EXPECT_EQ(other.closed, CloseReason::parse_error) << body;
    EXPECT_EQ(other.finished, 1) << body;
  }
}

TEST_F(EngineSessionTest, AnEmptyFrameEndsTheSession) {
  open_websocket();
  session.on_text_frame("", 1);
  EXPECT_EQ(host.closed, CloseReason::parse_error);
}

TEST_F(EngineSessionTest, WhatWaitsForAPollIsBounded) {
  open_polling();
  options.maximum_buffered = 10;
  send("4234567890");
  EXPECT_FALSE(host.overflowed);
  send("4");
  EXPECT_TRUE(host.overflowed);
  EXPECT_EQ(session.buffered_bytes(), 10U);
}

TEST_F(EngineSessionTest, ALostWebSocketEndsTheSession) {
  open_polling();
  upgrade();
  session.websocket_closed(CloseReason::transport_close);
  EXPECT_EQ(host.closed, CloseReason::transport_close);
  EXPECT_EQ(host.finished, 1);
}

}  // namespace
}  // namespace parlor::socketio
