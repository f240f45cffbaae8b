#include "net/websocket_decoder.h"

#include <gtest/gtest.h>

#include <random>

#include "net/test_support.h"

namespace parlor::net {
namespace {

using testing::masked;
using testing::text_frame;

// What a decoder said, as text: "text:abc", "control9:x", "violation 1002".
struct Recorder final : FrameEvents {
  bool on_message(Opcode opcode, std::string_view payload) override {
    events.push_back((opcode == Opcode::text ? "text:" : "binary:") + std::string(payload));
    return true;
  }
  bool on_control(Opcode opcode, std::string_view payload) override {
    events.push_back("control" + std::to_string(static_cast<int>(opcode)) + ":" +
                     std::string(payload));
    return true;
  }
  void on_violation(std::uint16_t code, std::string_view) override {
    events.push_back("violation " + std::to_string(code));
  }
  ByteBudget& incoming_budget() override { return budget; }
  ByteBudget budget{10'000'000};
  std::vector<std::string> events;
};

using Events = std::vector<std::string>;

Events decode(std::string bytes, std::uint32_t limit = 1'000'000) {
  Recorder recorder;
  FrameDecoder decoder(recorder, limit);
  decoder.feed(bytes.data(), bytes.size());
  return recorder.events;
}

TEST(FrameDecoder, UnderstandsEveryLengthForm) {
  for (const std::size_t size : {0, 1, 7, 8, 9, 125, 126, 127, 65535, 65536, 70000}) {
    const std::string payload(size, 'x');
    EXPECT_EQ(decode(text_frame(payload)), Events{"text:" + payload}) << size;
  }
}

TEST(FrameDecoder, JoinsFragmentsAndLetsControlFramesBetweenThem) {
  EXPECT_EQ(decode(masked(0x01, "ab") + masked(0x89, "p") + masked(0x00, "cd") +
                   masked(0x80, "ef") + masked(0x82, "z")),
            (Events{"control9:p", "text:abcdef", "binary:z"}));
}

TEST(FrameDecoder, GivesTheSameEventsHoweverTheStreamIsCut) {
  std::mt19937 random(11);
  std::string stream;
  for (int i = 0; i < 40; ++i) {
    std::string payload;
    for (std::size_t n = random() % 300; n > 0; --n) payload += random() % 2 ? "é" : "a";
    stream += text_frame("é€😀" + payload);
    stream += masked(0x02, "bin");
    stream += masked(0x8A, "pong");
    stream += masked(0x80, std::string(random() % 400, '\xFF'));
    stream += masked(0x01, "\xE2\x82");  // a character cut by the fragments' border
    stream += masked(0x80, "\xAC!");
  }
  const Events expected = decode(stream);
  ASSERT_EQ(expected.size(), 160u);
  for (int round = 0; round < 300; ++round) {
    Recorder recorder;
    FrameDecoder decoder(recorder, 1'000'000);
    std::string copy = stream;
    for (std::size_t at = 0; at < copy.size();) {
      const std::size_t most = round % 3 == 0 ? 3 : 700;
      const std::size_t size = std::min<std::size_t>(1 + random() % most, copy.size() - at);
      decoder.feed(copy.data() + at, size);
      at += size;
    }
    ASSERT_EQ(recorder.events, expected);
  }
}

TEST(FrameDecoder, RefusesWhatTheProtocolForbids) {
  const Events protocol_error{"violation 1002"};
  EXPECT_EQ(decode(std::string("\x81\x02hi", 4)), protocol_error) << "unmasked";
  EXPECT_EQ(decode(masked(0xC1, "a")), protocol_error) << "RSV1";
  EXPECT_EQ(decode(masked(0xA1, "a")), protocol_error) << "RSV2";
  EXPECT_EQ(decode(masked(0x91, "a")), protocol_error) << "RSV3";
  for (const int opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15}) {
    EXPECT_EQ(decode(masked(0x80 | opcode, "a")), protocol_error) << opcode;
  }
  EXPECT_EQ(decode(masked(0x80, "a")), protocol_error) << "continues nothing";
  EXPECT_EQ(decode(masked(0x01, "a") + masked(0x81, "b")), protocol_error) << "nested";
  EXPECT_EQ(decode(masked(0x09, "a")), protocol_error) << "fragmented ping";
  EXPECT_EQ(decode(masked(0x89, std::string(126, 'a'))), protocol_error) << "long ping";
  EXPECT_EQ(decode(std::string("\x81\xFE\x00\x05mmmm12345", 13)), protocol_error) << "not shortest";
  EXPECT_EQ(decode(std::string("\x81\xFF\x00\x00\x00\x00\x00\x00\x10\x00mmmm", 14)),
            protocol_error);
  EXPECT_EQ(decode(std::string("\x81\xFF\x80\x00\x00\x00\x00\x00\x00\x00mmmm", 14)),
            protocol_error);
}

TEST(FrameDecoder, RefusesTextThatIsNotUtf8) {
  const Events bad_text{"violation 1007"};
  for (const char* text : {"\xFF", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82",
                           "\x80", "\xE0\x80\x80", "\xF0\x80\x80\x80"}) {
    EXPECT_EQ(decode(text_frame(text)), bad_text);
    EXPECT_EQ(decode(masked(0x01, text) + masked(0x80, "a")), bad_text);
  }
  EXPECT_EQ(decode(masked(0x82, "\xFF")), Events{"binary:\xFF"});
}

TEST(FrameDecoder, FindsBadTextBeforeTheFrameIsComplete) {
  const std::string frame = text_frame("\xFF" + std::string(1000, 'a'));
  EXPECT_EQ(decode(frame.substr(0, 20)), Events{"violation 1007"});
}

TEST(FrameDecoder, RefusesAMessageAboveTheLimitFromItsHead) {
  EXPECT_EQ(decode(text_frame(std::string(100, 'a')), 100).size(), 1u);
  EXPECT_EQ(decode(text_frame(std::string(101, 'a')).substr(0, 6), 100), Events{"violation 1009"});
  EXPECT_EQ(decode(masked(0x01, std::string(60, 'a')) + masked(0x80, std::string(41, 'a')), 100),
            Events{"violation 1009"});
  EXPECT_EQ(decode(std::string("\x81\xFF\x00\x00\xFF\xFF\xFF\xFF\xFF\xFFmmmm", 14)),
            Events{"violation 1009"});
}

TEST(FrameDecoder, HoldsUnfinishedMessagesAgainstTheBudgetAndGivesItBack) {
  Recorder recorder;
  ByteBudget& budget = recorder.budget;
  const auto room_for = [&](std::size_t bytes) {
    const bool fits = budget.take(bytes);
    if (fits) budget.give_back(bytes);
    return fits;
  };
  ASSERT_TRUE(budget.take(10'000'000 - 100));
  std::string half = masked(0x01, std::string(60, 'a')) + masked(0x89, "ping");
  std::string end = masked(0x80, std::string(60, 'a'));
  std::string more = masked(0x01, std::string(60, 'b')) + masked(0x00, std::string(41, 'b'));
  {
    FrameDecoder decoder(recorder, 1000);
    decoder.feed(half.data(), half.size());
    EXPECT_TRUE(room_for(40));
    EXPECT_FALSE(room_for(41));
    decoder.feed(end.data(), end.size());  // what completes a message is not collected first
    EXPECT_EQ(recorder.events.back(), "text:" + std::string(120, 'a'));
    EXPECT_TRUE(room_for(100));
    decoder.feed(more.data(), more.size());
    EXPECT_EQ(recorder.events.back(), "violation 1013");
    EXPECT_TRUE(room_for(100));
  }
  half = masked(0x01, std::string(60, 'a'));
  {
    FrameDecoder abandoned(recorder, 1000);
    abandoned.feed(half.data(), half.size());
    EXPECT_FALSE(room_for(100));
  }
  EXPECT_TRUE(room_for(100));
}

TEST(FrameDecoder, SaysNothingMoreAfterAViolation) {
  EXPECT_EQ(decode(masked(0x80, "a") + text_frame("later")), Events{"violation 1002"});
}

TEST(FrameDecoder, SurvivesRandomBytes) {
  std::mt19937 random(3);
  for (int round = 0; round < 3000; ++round) {
    std::string noise(random() % 200, '\0');
    for (char& c : noise) c = static_cast<char>(random());
    decode(noise, 1000);
  }
}

}  // namespace
}  // namespace parlor::net
