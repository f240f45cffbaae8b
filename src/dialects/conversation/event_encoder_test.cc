#include "dialects/conversation/event_encoder.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "dialects/conversation/event_json.h"

namespace parlor::dialects::conversation {
namespace {

const LinkSigner& signer() {
  static const ManualClock clock(Timestamp{1'759'919'400'000});
  static const LinkSigner the_signer(clock, "");
  return the_signer;
}

Links links() { return {signer(), ""}; }

namespace json = boost::json;

constexpr RoomId kRoom{(std::int64_t{1'760'000'000} << kIdNumberBits) | 5};
constexpr ConversationId kContact{(std::int64_t{1'760'000'000} << kIdNumberBits) | 6};
constexpr ConversationId kAgent{(std::int64_t{1'760'000'000} << kIdNumberBits) | 7};

chat::Event event_for(chat::EventBody body, bool to_contact) {
  chat::Event event;
  chat::Room room;
  room.id = kRoom;
  room.status = chat::RoomStatus::closed;
  room.notes = "a secret of the team";
  room.tags = {"vip"};
  room.assignees = {{kAgent, {1'760'000'000'000}}};
  event.room = room;
  event.seq = 9;
  event.body = std::move(body);
  if (to_contact) {
    event.audience.contact = kContact;
  } else {
    event.audience.admins = true;
  }
  return event;
}

std::vector<delivery::Emission> encode(const chat::Event& event) {
  std::vector<delivery::Emission> out;
  ConversationEncoder(signer()).encode(event, out);
  return out;
}

json::object argument(const delivery::Emission& emission) {
  return json::parse(emission.argument).as_object();
}

TEST(ConversationEncoder, AMessageSaysWhichSideItComesFrom) {
  chat::Message message;
  message.room = kRoom;
  message.seq = 9;
  message.content = "hi \"there\"\n";
  for (const auto& [sender, type] : {std::pair{chat::SenderKind::customer, "support"},
                                     std::pair{chat::SenderKind::agent, "team"}}) {
    message.sender = sender;
    const auto told = encode(event_for(chat::MessagePosted{message}, false));
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].event, "newMessage");
    const auto body = argument(told[0]);
    EXPECT_EQ(body.at("type"), json::value(type));
    EXPECT_EQ(body.at("message").at("content"), json::value("hi \"there\"\n"));
    EXPECT_EQ(body.at("message").at("seq"), json::value(9));
  }
}

TEST(ConversationEncoder, TheContactHearsOfAStatusAndOfNothingElseOfTheTeams) {
  using Kind = chat::RoomChangeKind;
  for (const auto kind : {Kind::tags, Kind::notes, Kind::assignee, Kind::priority}) {
    EXPECT_TRUE(encode(event_for(chat::RoomUpdated{kind, false}, true)).empty());
  }
  const auto told = encode(event_for(chat::RoomUpdated{Kind::status, true}, true));
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(argument(told[0]).at("data"), (json::value{{"status", "closed"}}));
}

TEST(ConversationEncoder, TheTeamHearsWhatChanged) {
  using Kind = chat::RoomChangeKind;
  const auto data_of = [](Kind kind) {
    const auto told = encode(event_for(chat::RoomUpdated{kind, false}, false));
    return argument(told.at(0));
  };
  EXPECT_EQ(data_of(Kind::priority).at("type"), json::value("status"));
  EXPECT_EQ(data_of(Kind::notes).at("data").at("notes"), json::value("a secret of the team"));
  EXPECT_EQ(data_of(Kind::tags).at("data").at("tags").at(0), json::value("vip"));
  EXPECT_EQ(data_of(Kind::assignee).at("data").at("assignees").at(0).at("conversation_id"),
            json::value(to_hex(kAgent)));
}

TEST(ConversationEncoder, WhoLosesTheRoomIsToldItsAssigneesAlone) {
  const auto told = encode(event_for(chat::AccessLost{}, false));
  ASSERT_EQ(told.size(), 1U);
  const auto data = argument(told[0]).at("data").as_object();
  EXPECT_EQ(data.size(), 1U);
  EXPECT_TRUE(data.contains("assignees"));
}

TEST(ConversationEncoder, AnUploadIsLinkedToWhereItsSenderSeesTheServer) {
  chat::Message message;
  message.room = kRoom;
  message.type = chat::MessageType::image;
  chat::Attachment picture{"", "image/png", "صورة.png", 7, std::nullopt};
  const std::string key(chat::kBlobKeyCharacters, 'a');
  picture.upload = chat::AttachedUpload{key, "http://localhost:8000", 640, 480, true};
  message.attachments = {picture, {"https://cdn.example/x.pdf", "", "", 0, std::nullopt}};
  const auto told = argument(encode(event_for(chat::MessagePosted{message}, false)).at(0));
  const auto& shown = told.at("message").at("attachments").as_array();
  EXPECT_EQ(shown.at(0).at("url").as_string(),
            "http://localhost:8000" + signer().path(key, chat::BlobPart::original));
  EXPECT_EQ(shown.at(0).at("thumbnail_url").as_string(),
            "http://localhost:8000" + signer().path(key, chat::BlobPart::thumbnail));
  EXPECT_EQ(shown.at(0).at("width"), json::value(640));
  EXPECT_EQ(shown.at(0).at("name"), json::value("صورة.png"));
  const json::object link = {{"url", "https://cdn.example/x.pdf"}, {"type", ""}, {"size", 0}};
  EXPECT_EQ(shown.at(1), json::value(link));
}

TEST(ReplayedEvent, ReadsLikeTheLiveOne) {
  chat::Message message;
  message.room = kRoom;
  message.seq = 3;
  message.content = "hi";
  const auto live = argument(encode(event_for(chat::MessagePosted{message}, false)).at(0));
  const auto replayed = replayed_event(links(), {kRoom, 3, {}, message});
  EXPECT_EQ(replayed.name, "newMessage");
  EXPECT_EQ(replayed.argument, live);
}

TEST(ReplayedEvent, AnAssignmentNamesItsAgents) {
  chat::RoomChange change;
  change.kind = chat::RoomChangeKind::assignee;
  change.new_value = std::to_string(kAgent.value) + "," + std::to_string(kContact.value);
  const auto data = replayed_event(links(), {kRoom, 4, {}, change}).argument.at("data");
  ASSERT_EQ(data.at("assignees").as_array().size(), 2U);
  EXPECT_EQ(data.at("assignees").at(1).at("conversation_id"), json::value(to_hex(kContact)));
}

TEST(ConversationEncoder, TypingGoesToEachAudience) {
  delivery::Typing typing;
  typing.signal.room = kRoom;
  typing.signal.from = kContact;
  typing.signal.name = "Maya";
  typing.signal.audiences.resize(2);
  typing.is_typing = true;
  std::vector<delivery::Emission> out;
  ConversationEncoder(signer()).encode(typing, out);
  ASSERT_EQ(out.size(), 2U);
  EXPECT_EQ(argument(out[0]).at("from").at("name"), json::value("Maya"));
  EXPECT_EQ(argument(out[0]).at("is_typing"), json::value(true));
}

TEST(ConversationEncoder, ARevokedConnectionIsNoEventOfTheDialect) {
  EXPECT_TRUE(encode(event_for(chat::ConnectionsRevoked{}, false)).empty());
}

}  // namespace
}  // namespace parlor::dialects::conversation
