#include "socketio/connection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parlor::socketio {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Host final : public ConnectionHost {
 public:
  std::optional<NamespaceIndex> find_namespace(std::string_view name) override {
    if (name == "/") return 0;
    if (name == "/custom") return 1;
    return std::nullopt;
  }
  std::string_view namespace_name(NamespaceIndex nsp) override { return nsp ? "/custom" : "/"; }
  void on_connect(NamespaceIndex nsp, std::string_view auth) override {
    asked.emplace_back(auth);
    if (accepting) connection->accept(nsp, "S");
  }
  void on_event(NamespaceIndex, const IncomingEvent& event) override {
    events.push_back(std::string(event.name) + ":" + std::string(event.arguments.json_text()));
    for (const auto& attachment : event.arguments.attachments()) {
      events.push_back("bin:" + std::string(attachment->bytes()));
    }
    if (event.ack_id) connection->ack(0, *event.ack_id, event.arguments);
  }
  void on_disconnect(NamespaceIndex, CloseReason reason) override { left.push_back(reason); }
  void send(const MessagePtr& message) override { sent.emplace_back(message->bytes()); }
  void close(CloseReason reason) override {
    closed = reason;
    connection->on_closed(reason);
  }
  bool hold(std::size_t bytes) override {
    if (held + bytes > room) return false;
    held += bytes;
    return true;
  }
  void release(std::size_t bytes) override { held -= bytes; }

  std::size_t room = 1'000;
  std::size_t held = 0;
  Connection* connection = nullptr;
  bool accepting = true;
  std::vector<std::string> asked, events, sent;
  std::vector<CloseReason> left;
  std::optional<CloseReason> closed;
};

class ConnectionTest : public ::testing::Test {
 protected:
  ConnectionTest() { host.connection = &connection; }
  void join() {
    connection.on_text("0", 0);
    host.sent.clear();
  }

  Host host;
  Connection connection{host, 1'000};
};

TEST_F(ConnectionTest, JoinsAnswersAndLeaves) {
  connection.on_text("0{\"token\":\"123\"}", 0);
  EXPECT_THAT(host.asked, ElementsAre("{\"token\":\"123\"}"));
  EXPECT_THAT(host.sent, ElementsAre("40{\"sid\":\"S\"}"));
  connection.on_text("1", 0);
  EXPECT_THAT(host.left, ElementsAre(CloseReason::client_namespace_disconnect));
  EXPECT_FALSE(host.closed);
}

TEST_F(ConnectionTest, AnUnknownNamespaceIsRefusedWithoutClosing) {
  connection.on_text("0/random", 0);
  EXPECT_THAT(host.sent, ElementsAre("44/random,{\"message\":\"Invalid namespace\"}"));
  EXPECT_FALSE(host.closed);
}

TEST_F(ConnectionTest, AMiddlewareMayAnswerLater) {
  host.accepting = false;
  connection.on_text("0", 0);
  EXPECT_THAT(host.sent, IsEmpty());
  connection.refuse(0, "no", "{\"code\":1}");
  EXPECT_THAT(host.sent, ElementsAre("44{\"message\":\"no\",\"data\":{\"code\":1}}"));
  EXPECT_FALSE(connection.accept(0, "S"));
  connection.on_text("0", 0);  // it may ask again
  EXPECT_TRUE(connection.accept(0, "S"));
}

TEST_F(ConnectionTest, ASecondConnectClosesEvenBeforeTheFirstIsAnswered) {
  host.accepting = false;
  connection.on_text("0", 0);
  connection.on_text("0", 0);
  EXPECT_EQ(host.closed, CloseReason::parse_error);
  EXPECT_FALSE(connection.accept(0, "S"));
}

TEST_F(ConnectionTest, PacketsForANamespaceNotJoinedClose) {
  for (const std::string_view packet : {"2[\"a\"]", "1", "30[]", "2/custom,[\"a\"]", "4{}"}) {
    Host other;
    Connection fresh(other, 1'000);
    other.connection = &fresh;
    fresh.on_text(packet, 0);
    EXPECT_EQ(other.closed, CloseReason::parse_error) << packet;
  }
}

TEST_F(ConnectionTest, ABinaryEventWaitsForItsAttachments) {
  join();
  connection.on_text(R"(52-9["m",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}])", 0);
  connection.on_binary("AB", 0);
  EXPECT_THAT(host.events, IsEmpty());
  connection.on_binary("CD", 0);
  EXPECT_THAT(host.events,
              ElementsAre(R"(m:{"_placeholder":true,"num":0},{"_placeholder":true,"num":1})",
                          "bin:AB", "bin:CD"));
  EXPECT_THAT(host.sent,
              ElementsAre(R"(462-9[{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}])",
                          "AB", "CD"));
}

TEST_F(ConnectionTest, TextWhileBinaryIsAwaitedClosesAndTheReverse) {
  join();
  connection.on_text(R"(51-["m",{"_placeholder":true,"num":0}])", 0);
  connection.on_text("2[\"a\"]", 0);
  EXPECT_EQ(host.closed, CloseReason::parse_error);

  Host other;
  Connection fresh(other, 1'000);
  other.connection = &fresh;
  fresh.on_text("0", 0);
  fresh.on_binary("x", 0);
  EXPECT_EQ(other.closed, CloseReason::parse_error);
}

TEST_F(ConnectionTest, WhatWaitsForAttachmentsIsHeldUntilTheyHaveComeOrTheClientHasGone) {
  join();
  const std::string packet =
      R"(52-["m",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}])";
  connection.on_text(packet, 0);
  connection.on_binary("AB", 0);
  EXPECT_EQ(host.held, packet.size() + 2);
  connection.on_binary("CD", 0);
  EXPECT_EQ(host.events.size(), 3U);
  EXPECT_EQ(host.held, 0U);
  connection.on_text(packet, 0);
  connection.on_closed(CloseReason::transport_close);
  EXPECT_EQ(host.held, 0U);
}

TEST_F(ConnectionTest, ThereMustBeRoomForAttachments) {
  join();
  connection.on_text(R"(52-["m",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}])", 0);
  connection.on_binary(std::string(1'000, 'x'), 0);
  EXPECT_EQ(host.closed, CloseReason::incomplete_packet);
  EXPECT_EQ(host.held, 0U);
}

TEST_F(ConnectionTest, EachAttachmentMustComeInTime) {
  constexpr auto kTime = Connection::kAttachmentTimeout;
  join();
  connection.on_text(R"(52-["m",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}])", 5);
  EXPECT_EQ(connection.deadline(), 5 + kTime);
  connection.on_binary("AB", kTime);
  connection.on_time(5 + kTime);
  EXPECT_FALSE(host.closed);
  EXPECT_EQ(connection.deadline(), 2 * kTime);
  connection.on_time(2 * kTime);
  EXPECT_EQ(host.closed, CloseReason::incomplete_packet);
}

TEST_F(ConnectionTest, NothingIsHeldForWhoHasJoinedNothing) {
  connection.on_text(R"(51-["m",{"_placeholder":true,"num":0}])", 0);
  EXPECT_EQ(host.closed, CloseReason::parse_error);
}

TEST_F(ConnectionTest, AcksAreAnsweredOnceTimedOutOrGone) {
  join();
  std::vector<std::string> answers;
  const auto note = [&answers](Result<ArgumentsView> answer) {
    answers.emplace_back(answer ? std::string(answer->json_text())
                                : std::string(name_of(answer.error().code)));
  };
  EXPECT_TRUE(connection.expect_ack(0, 1, 500, note));
  EXPECT_TRUE(connection.expect_ack(0, 2, 600, note));
  EXPECT_TRUE(connection.expect_ack(0, 3, 700, note));
  EXPECT_EQ(connection.deadline(), 500);
  connection.on_text("32[\"two\"]", 0);
  connection.on_text("32[\"two again\"]", 0);
  connection.on_text("399[]", 0);
  connection.on_time(500);
  EXPECT_EQ(connection.deadline(), 700);
  connection.on_text("1", 0);
  EXPECT_THAT(answers, ElementsAre("\"two\"", "unavailable", "gone"));
  EXPECT_FALSE(connection.expect_ack(0, 4, 700, note));
  EXPECT_EQ(answers.size(), 4U);
}

TEST_F(ConnectionTest, WhoJoinsNothingInTimeIsClosed) {
  EXPECT_EQ(connection.deadline(), 1'000);
  connection.on_text("0/random", 0);
  connection.on_time(1'000);
  EXPECT_EQ(host.closed, CloseReason::connect_timeout);
}

TEST_F(ConnectionTest, WhoHasJoinedIsNotClosedByTheConnectTimeout) {
  join();
  connection.on_text("1", 0);
  EXPECT_EQ(connection.deadline(), kNever);
}

TEST_F(ConnectionTest, TheEndOfTheTransportLeavesEveryNamespace) {
  join();
  connection.on_text("0/custom", 0);
  connection.on_closed(CloseReason::ping_timeout);
  EXPECT_THAT(host.left, ElementsAre(CloseReason::ping_timeout, CloseReason::ping_timeout));
  connection.on_text("2[\"a\"]", 0);
  EXPECT_THAT(host.events, IsEmpty());
}

}  // namespace
}  // namespace parlor::socketio
