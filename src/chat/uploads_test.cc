#include "chat/uploads.h"

#include <gmock/gmock.h>

#include "chat/blob_store.h"
#include "chat/messages.h"
#include "support/world.h"

namespace parlor::chat {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

RecordUpload photo(const std::string& name = "photo.png") {
  return {{make_blob_key(), "image/png", 1'234, 640, 480, true}, name};
}

// What a client sends of an upload: the link that it was given, and whatever it says beside.
Attachment linked(const Upload& upload) {
  return {"", "text/lies", "lies", 1, AttachedUpload{upload.file.key, "http://here", 0, 0, false}};
}

struct UploadsTest : public ::testing::Test {
  testing::World w;
  Room room = w.start_room();

  Upload upload(const Actor& who) { return record_upload(w.tx, who, photo()).value(); }
  Result<MessageSent> send(const Actor& who, std::vector<Attachment> attachments,
                           const std::string& client_id = "") {
    MessageDraft draft{MessageType::image, "", std::move(attachments), ""};
    if (who.is_team()) {
      return send_agent_message(w.tx, who, {room.id, std::nullopt, std::move(draft), client_id});
    }
    return send_user_message(w.tx, who, {room.id, std::move(draft), client_id});
  }
};

TEST_F(UploadsTest, AnUploadIsRecordedUnderASafeName) {
  const auto recorded = record_upload(w.tx, w.vic, photo("../../x\u202E.png"));
  ASSERT_TRUE(recorded);
  EXPECT_EQ(recorded->name, "x.png");
  EXPECT_EQ(recorded->uploader, w.vic.conversation);
  EXPECT_EQ(w.tx.uploads().find(recorded->file.key), *recorded);
}

TEST_F(UploadsTest, AMessageSaysOfItsUploadWhatTheServerKnows) {
  for (const auto& who : {w.vic, w.ann}) {
    const auto file = upload(who);
    const auto sent = send(who, {linked(file)});
    ASSERT_TRUE(sent) << who.name;
    const Attachment known{"", "image/png", "photo.png", 1'234,
                           AttachedUpload{file.file.key, "http://here", 640, 480, true}};
    EXPECT_THAT(sent->message.attachments, ElementsAre(known));
    EXPECT_NE(w.tx.uploads().find(file.file.key)->sent_at.ms, 0);
  }
}

TEST_F(UploadsTest, NobodySendsWhatSomebodyElseUploaded) {
  const auto anns = upload(w.ann);
  EXPECT_EQ(send(w.vic, {linked(anns)}).error().code, ErrorCode::forbidden);
  EXPECT_EQ(send(w.ada, {linked(anns)}).error().code, ErrorCode::forbidden);
  const auto ozs = upload(w.oz);
  EXPECT_EQ(send(w.vic, {linked(ozs)}).error().code, ErrorCode::not_found);
  EXPECT_EQ(w.tx.uploads().find(anns.file.key)->sent_at.ms, 0);
}

TEST_F(UploadsTest, ALinkToAnotherServerThatLooksLikeOursStaysALink) {
  auto foreign = linked({w.acme.id, w.vic.conversation, photo().file, "", {}, {}});
  foreign.url = "https://elsewhere.example/attachment/x";
  const auto sent = send(w.vic, {foreign});
  ASSERT_TRUE(sent);
  EXPECT_FALSE(sent->message.attachments.at(0).upload);
  EXPECT_EQ(sent->message.attachments.at(0).url, foreign.url);
  foreign.url = "javascript:alert(1)";
  EXPECT_EQ(send(w.vic, {foreign}).error().code, ErrorCode::invalid);
  foreign.url = "";
  EXPECT_EQ(send(w.vic, {foreign}).error().code, ErrorCode::not_found);
}

TEST_F(UploadsTest, TheSameSendAgainIsTheSameMessage) {
  const auto file = upload(w.vic);
  const auto first = send(w.vic, {linked(file)}, "once");
  const auto again = send(w.vic, {linked(file)}, "once");
  ASSERT_TRUE(first && again);
  EXPECT_TRUE(again->repeated);
  EXPECT_EQ(again->message.attachments, first->message.attachments);
  EXPECT_EQ(send(w.vic, {linked(upload(w.vic))}, "once").error().code, ErrorCode::conflict);
}

TEST_F(UploadsTest, WhatNoMessageCarriesGoesAfterADay) {
  const auto kept = upload(w.vic);
  const auto forgotten = upload(w.vic);
  ASSERT_TRUE(send(w.vic, {linked(kept)}));
  w.tx.advance(kUnsentUploadLifeMs / 2);
  const auto young = upload(w.vic);
  EXPECT_THAT(expire_uploads(w.tx), IsEmpty());
  w.tx.advance(kUnsentUploadLifeMs / 2 + 1);
  EXPECT_THAT(expire_uploads(w.tx), ElementsAre(forgotten.file.key));
  EXPECT_THAT(unknown_blobs(w.tx, {kept.file.key, forgotten.file.key, young.file.key}),
              ElementsAre(forgotten.file.key));
  EXPECT_EQ(send(w.vic, {linked(forgotten)}).error().code, ErrorCode::not_found);
  EXPECT_TRUE(open_upload(w.tx, {}, kept.file.key));
  EXPECT_EQ(open_upload(w.tx, {}, forgotten.file.key).error().code, ErrorCode::not_found);
}

TEST_F(UploadsTest, AVisitorHasOnlySoManyThatAreNotSent) {
  std::vector<Upload> uploads;
  for (int i = 0; i < kMaxUnsentUploads; ++i) uploads.push_back(upload(w.vic));
  EXPECT_EQ(may_upload(w.tx, w.vic, 1).error().code, ErrorCode::rate_limited);
  const auto refused = record_upload(w.tx, w.vic, photo());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::rate_limited);
  EXPECT_TRUE(refused.error().retry_after);
  EXPECT_TRUE(may_upload(w.tx, w.oz, 1));
  ASSERT_TRUE(send(w.vic, {linked(uploads.front())}));
  EXPECT_TRUE(record_upload(w.tx, w.vic, photo()));
}

TEST_F(UploadsTest, AnAccountMaySetASmallerLimitThanTheServer) {
  EXPECT_TRUE(may_upload(w.tx, w.oz, kMaxAttachmentBytes * 2)) << "the server's limit is not here";
  AccountSettings settings;
  settings.account = w.vic.account;
  settings.attachment_bytes = 1'000;
  w.tx.account_settings().put(settings);
  EXPECT_TRUE(may_upload(w.tx, w.vic, 1'000));
  const auto refused = may_upload(w.tx, w.vic, 1'001);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::too_large);
  EXPECT_THAT(refused.error().message, ::testing::HasSubstr("1000 bytes"));
}

}  // namespace
}  // namespace parlor::chat
