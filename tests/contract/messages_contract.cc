// Messages: their fields, and pages of a room's history.
#include "contract/fixture.h"

namespace parlor::store {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

TEST_P(StoreContract, AMessageReadsBackWithAllItsFields) {
  auto message = sample_message(9, {1}, 3, std::string("nul \0 inside", 12));
  message.attachments = {{"https://x/y", "image/png", "a:1 b.png", 123}, {"u", "t", "", 0}};
  message.attachments[1].upload = chat::AttachedUpload{"key", "http://a:1", 640, 480, true};
  message.attachments[1].url = "";
  message.integration_app = "app";
  message.type = chat::MessageType::file;
  message.sender = chat::SenderKind::agent;
  message.customer_count = 4;
  message.team_count = 5;
  write([&](chat::Transaction& t) {
    t.messages().insert(message);
    return true;
  });
  read([&](chat::Transaction& t) {
    const auto found = t.messages().find(kAccount, {1}, {9}).value();
    EXPECT_EQ(found.content, message.content);
    EXPECT_EQ(found.attachments, message.attachments);
    EXPECT_EQ(found.integration_app, "app");
    EXPECT_EQ(found.type, message.type);
    EXPECT_EQ(found.sender, message.sender);
    EXPECT_EQ(found.customer_count, 4);
    EXPECT_EQ(found.team_count, 5);
    EXPECT_EQ(found.seq, 3);
    EXPECT_EQ(found.created_at, message.created_at);
    EXPECT_FALSE(t.messages().find(kAccount, {2}, {9}));
    EXPECT_FALSE(t.messages().find(kOtherAccount, {1}, {9}));
    return true;
  });
}

TEST_P(StoreContract, AMessagePageIsARangeOfSeqsAndHidesNotesWhenAsked) {
  write([](chat::Transaction& t) {
    for (int seq = 1; seq <= 9; ++seq) {
      auto message = sample_message(seq, {1}, seq, std::to_string(seq));
      if (seq % 3 == 0) message.type = chat::MessageType::note;
      t.messages().insert(message);
    }
    t.messages().insert(sample_message(50, {2}, 1, "other room"));
    t.messages().insert(sample_message(60, {1}, 1, "other account", kOtherAccount));
    return true;
  });
  read([](chat::Transaction& t) {
    chat::MessageQuery query;
    query.account = kAccount;
    query.room = {1};
    query.limit = 4;
    EXPECT_THAT(contents(t.messages().list(query)), ElementsAre("8", "7", "5", "4"));
    query.with_notes = true;
    EXPECT_THAT(contents(t.messages().list(query)), ElementsAre("9", "8", "7", "6"));
    query.newest_first = false;
    EXPECT_THAT(contents(t.messages().list(query)), ElementsAre("1", "2", "3", "4"));
    query.after_seq = 3;
    query.before_seq = 7;
    EXPECT_THAT(contents(t.messages().list(query)), ElementsAre("4", "5", "6"));
    query.with_notes = false;
    EXPECT_THAT(contents(t.messages().list(query)), ElementsAre("4", "5"));
    query.account = kOtherAccount;
    query.after_seq = 0;
    EXPECT_THAT(contents(t.messages().list(query)), ElementsAre("other account"));
    return true;
  });
}

TEST_P(StoreContract, APageOfMessagesEndsAt256KiBButHoldsAtLeastOne) {
  write([](chat::Transaction& t) {
    for (int seq = 1; seq <= 4; ++seq)
      t.messages().insert(sample_message(seq, {1}, seq, std::string(100'000, 'x')));
    t.messages().insert(sample_message(5, {1}, 5, std::string(600'000, 'y')));
    return true;
  });
  read([](chat::Transaction& t) {
    chat::MessageQuery query;
    query.account = kAccount;
    query.room = {1};
    EXPECT_THAT(t.messages().list(query), SizeIs(1));
    query.before_seq = 5;
    EXPECT_THAT(t.messages().list(query), SizeIs(2));
    return true;
  });
}

}  // namespace
}  // namespace parlor::store
