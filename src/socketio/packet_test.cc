#include "socketio/packet.h"

#include <gtest/gtest.h>

#include <boost/json/value.hpp>

#include "socketio/json_text.h"

namespace parlor::socketio {
namespace {

TEST(DecodePacket, ReadsEveryPartOfAnEvent) {
  const auto packet =
      decode_packet(R"(52-/admin,17["a\"b", {"_placeholder":true,"num":1} ,[1,2]])");
  ASSERT_TRUE(packet);
  EXPECT_EQ(packet->type, PacketType::binary_event);
  EXPECT_EQ(packet->attachments, 2);
  EXPECT_EQ(packet->nsp, "/admin");
  EXPECT_EQ(packet->ack_id, 17U);
  EXPECT_EQ(packet->event_name, R"("a\"b")");
  const ArgumentsView arguments(packet->arguments, {});
  ASSERT_EQ(arguments.size(), 2U);
  EXPECT_EQ(arguments.raw(0), R"({"_placeholder":true,"num":1})");
  EXPECT_EQ(arguments.raw(1), "[1,2]");
  EXPECT_EQ(arguments.raw(2), "");
}

TEST(DecodePacket, TheNamespaceMayEndThePacket) {
  EXPECT_EQ(decode_packet("0/random")->nsp, "/random");
  EXPECT_EQ(decode_packet("1/custom")->nsp, "/custom");
  EXPECT_EQ(decode_packet("0/custom,{\"token\":\"abc\"}")->payload, "{\"token\":\"abc\"}");
}

TEST(DecodePacket, AcksMayBeEmpty) {
  const auto packet = decode_packet("312[ ]");
  ASSERT_TRUE(packet);
  EXPECT_EQ(packet->ack_id, 12U);
  EXPECT_TRUE(ArgumentsView(packet->arguments, {}).empty());
  EXPECT_EQ(ArgumentsView(decode_packet("31[\"x\",2]")->arguments, {}).size(), 2U);
}

TEST(DecodePacket, RefusesWhatTheProtocolClosesFor) {
  const char* const broken[] = {
      "",              // nothing
      "7",             // unknown type
      "abc",           //
      "2",             // an event without a payload
      "2{}",           // not an array
      "2[]",           // empty
      "2[null]",       // a name that is neither string nor number
      "2[[\"a\"]]",    //
      "2[\"a\"",       // cut off
      "2[\"a\"]x",     // more behind it
      "2[\"a\",]",     //
      "2[\"a\",01]",   // not JSON
      "2[\"a\",'b']",  //
      "2[\"\x01\"]",   // a control character
      "2[\"\\x\"]",    //
      "2[\"\\u12g4\"]",
      "2[\"connect\"]",  // reserved
      "2[\"disconnecting\"]",
      "2[\"\\u0063onnect\"]",  // reserved, spelt otherwise
      "2abc[\"a\"]",           // an ack id that is none
      "21234567890123456[\"a\"]",
      "3{}",  // an ack that is no array
      "3",    //
      "0[]",  // a CONNECT with something else than an object
      "0null",
      "0\"a\"",
      "1{}",                                           // a DISCONNECT with a payload
      "5[\"a\"]",                                      // no number of attachments
      "5-[\"a\"]",                                     //
      "511-[\"a\"]",                                   // more than ten
      "599999-[\"a\"]",                                //
      "50-[\"a\",{\"_placeholder\":true,\"num\":0}]",  // out of range
      "51-[\"a\",{\"_placeholder\":true,\"num\":1}]",
      "51-[\"a\",{\"_placeholder\":true,\"num\":-1}]",
      "51-[\"a\",{\"_placeholder\":true,\"num\":0.5}]",
      "51-[\"a\",{\"_placeholder\":true,\"num\":\"0\"}]",
      "51-[\"a\",{\"_placeholder\":true}]",
      "51-[\"a\",{\"_placeholder\":true,\"num\":0,\"num\":9}]",
      "51-[\"a\",{\"\\u005fplaceholder\":true,\"num\":9}]",
  };
  for (const char* const text : broken) EXPECT_FALSE(decode_packet(text)) << text;
}

TEST(DecodePacket, NestingIsBounded) {
  const auto nested = [](int depth) {
    return "2[\"a\"," + std::string(depth, '[') + std::string(depth, ']') + "]";
  };
  EXPECT_TRUE(decode_packet(nested(kMaximumJsonDepth - 1)));
  EXPECT_FALSE(decode_packet(nested(kMaximumJsonDepth)));
  EXPECT_FALSE(decode_packet("2[\"a\"," + std::string(500'000, '[')));
}

TEST(DecodePacket, EveryTruncationIsRefusedOrWhole) {
  const std::string whole = R"(51-/a,3["x",{"_placeholder":true,"num":0},"\u00e9",-1.5e3,true])";
  ASSERT_TRUE(decode_packet(whole));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_FALSE(decode_packet(whole.substr(0, size))) << size;
  }
}

TEST(DecodePacket, APlaceholderOfAnEventWithoutAttachmentsIsJustJson) {
  EXPECT_TRUE(decode_packet(R"(2["a",{"_placeholder":true,"num":7}])"));
}

TEST(EncodePacket, WritesWhatTheDocumentShows) {
  EXPECT_EQ(encode_connect("/", "s1")->bytes(), R"(40{"sid":"s1"})");
  EXPECT_EQ(encode_connect_error("/random", "Invalid namespace", "")->bytes(),
            R"(44/random,{"message":"Invalid namespace"})");
  EXPECT_EQ(encode_disconnect("/admin")->bytes(), "41/admin,");
  EXPECT_EQ(encode_event("/", "foo", Arguments::of(1, "2", true, nullptr)).text->bytes(),
            R"(42["foo",1,"2",true,null])");
  EXPECT_EQ(encode_ack("/admin", 13, Arguments::of("bar")).text->bytes(), R"(43/admin,13["bar"])");
  EXPECT_EQ(encode_ack("/", 7, ArgumentsView()).text->bytes(), "437[]");
  Arguments binary;
  binary.add("x").add_binary("\x01\x02");
  const auto packet = encode_event("/", "baz", binary, 14);
  EXPECT_EQ(packet.text->bytes(), R"(451-14["baz","x",{"_placeholder":true,"num":0}])");
  ASSERT_EQ(packet.attachments.size(), 1U);
  EXPECT_EQ(packet.attachments[0]->bytes(), "\x01\x02");
  EXPECT_EQ(*binary.view().binary(1), "\x01\x02");
  EXPECT_FALSE(binary.view().binary(0));
}

TEST(EncodePacket, EscapesNames) {
  EXPECT_EQ(encode_event("/", "a\"\\\n", ArgumentsView()).text->bytes(),
            "42[\"a\\\"\\\\\\u000a\"]");
}

TEST(Arguments, HalfASurrogatePairIsPassedOnAndNotParsed) {
  const auto packet = decode_packet(R"(2["a","\ud800"])");
  ASSERT_TRUE(packet);
  EXPECT_FALSE(ArgumentsView(packet->arguments, {}).json(0));
}

}  // namespace
}  // namespace parlor::socketio
