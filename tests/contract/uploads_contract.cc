// Uploads: found by key alone, counted and removed while no message carries them.
#include "contract/fixture.h"

namespace parlor::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

chat::Upload sample_upload(char digit, std::int64_t created_at = 1'000,
                           AccountId account = kAccount) {
  chat::Upload upload;
  upload.account = account;
  upload.uploader = {1'007};
  upload.file = {std::string(32, digit), "image/png", 26'214'400, 640, 480, true};
  upload.name = "صورة \"1\" 🎉.png";
  upload.created_at = {created_at};
  return upload;
}

TEST_P(StoreContract, AnUploadReadsBackByItsKeyWhateverItsAccount) {
  const auto one = sample_upload('a');
  const auto other = sample_upload('b', 2'000, kOtherAccount);
  write([&](chat::Transaction& t) {
    t.uploads().insert(one);
    t.uploads().insert(other);
    return true;
  });
  read([&](chat::Transaction& t) {
    EXPECT_EQ(t.uploads().find(one.file.key), one);
    EXPECT_EQ(t.uploads().find(other.file.key), other);
    EXPECT_FALSE(t.uploads().find(std::string(32, 'c')));
    EXPECT_FALSE(t.uploads().find(""));
    return true;
  });
}

TEST_P(StoreContract, AKeyIsTakenOnceOnTheWholeServer) {
  const auto fault = write([](chat::Transaction& t) {
    t.uploads().insert(sample_upload('a'));
    t.uploads().insert(sample_upload('a', 1'000, kOtherAccount));
    return true;
  });
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->code, ErrorCode::unavailable);
}

TEST_P(StoreContract, UploadsInNoMessageAreCountedForTheirUploader) {
  write([](chat::Transaction& t) {
    for (const char digit : {'a', 'b', 'c'}) t.uploads().insert(sample_upload(digit));
    auto somebody_else = sample_upload('d');
    somebody_else.uploader = {1'008};
    t.uploads().insert(somebody_else);
    t.uploads().insert(sample_upload('e', 1'000, kOtherAccount));
    t.uploads().mark_sent(kAccount, std::string(32, 'b'), {5'000});
    t.uploads().mark_sent(kOtherAccount, std::string(32, 'c'), {5'000});  // not theirs: nothing
    return true;
  });
  read([](chat::Transaction& t) {
    EXPECT_EQ(t.uploads().count_unsent(kAccount, {1'007}, 100), 2);
    EXPECT_EQ(t.uploads().count_unsent(kAccount, {1'007}, 1), 1);
    EXPECT_EQ(t.uploads().count_unsent(kAccount, {9}, 100), 0);
    EXPECT_EQ(t.uploads().find(std::string(32, 'b'))->sent_at.ms, 5'000);
    return true;
  });
}

TEST_P(StoreContract, OldUploadsInNoMessageAreRemovedOldestFirst) {
  write([](chat::Transaction& t) {
    t.uploads().insert(sample_upload('a', 3'000));
    t.uploads().insert(sample_upload('b', 1'000, kOtherAccount));
    t.uploads().insert(sample_upload('c', 2'000));
    t.uploads().insert(sample_upload('d', 500));
    t.uploads().mark_sent(kAccount, std::string(32, 'd'), {600});
    return true;
  });
  const auto removed = [&](std::int64_t before, int limit) {
    std::vector<std::string> keys;
    write([&](chat::Transaction& t) {
      keys = t.uploads().remove_unsent({before}, limit);
      return true;
    });
    return keys;
  };
  EXPECT_THAT(removed(1'000, 10), IsEmpty());
  EXPECT_THAT(removed(3'000, 1), ElementsAre(std::string(32, 'b')));
  EXPECT_THAT(removed(3'000, 10), ElementsAre(std::string(32, 'c')));
  EXPECT_THAT(removed(3'001, 10), ElementsAre(std::string(32, 'a')));
  read([](chat::Transaction& t) {
    EXPECT_TRUE(t.uploads().find(std::string(32, 'd'))) << "a message carries it";
    EXPECT_FALSE(t.uploads().find(std::string(32, 'a')));
    return true;
  });
}

}  // namespace
}  // namespace parlor::store
