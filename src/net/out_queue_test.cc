#include "net/out_queue.h"

#include <gtest/gtest.h>
#include <sys/uio.h>

#include <random>

#include "net/shard.h"

namespace parlor::net {
namespace {

std::string contents(const OutQueue& queue) {
  iovec pieces[1000];
  const int count = queue.gather(pieces, 1000);
  std::string all;
  for (int i = 0; i < count; ++i) {
    all.append(static_cast<const char*>(pieces[i].iov_base), pieces[i].iov_len);
  }
  return all;
}

int piece_count(const OutQueue& queue) {
  iovec pieces[1000];
  return queue.gather(pieces, 1000);
}

TEST(OutQueue, FramesStagedOneAfterAnotherAreOnePiece) {
  Shard shard(0);
  OutQueue queue;
  for (int i = 0; i < 32; ++i) queue.push(shard.stage("frame" + std::to_string(i)));
  EXPECT_EQ(piece_count(queue), 1);
  EXPECT_TRUE(contents(queue).starts_with("frame0frame1frame2"));
}

TEST(OutQueue, AFrameMissedInBetweenPartsThePieces) {
  Shard shard(0);
  OutQueue queue;
  queue.push(shard.stage("a"));
  const Slice for_others = shard.stage("b");
  queue.push(shard.stage("c"));
  EXPECT_EQ(piece_count(queue), 2);
  EXPECT_EQ(contents(queue), "ac");
}

TEST(OutQueue, KeepsContentAndOrderUnderAnySequenceOfPartialWrites) {
  std::mt19937 random(5);
  for (int round = 0; round < 200; ++round) {
    Shard shard(0);
    OutQueue queue;
    std::string expected;
    for (int step = 0; step < 100; ++step) {
      for (unsigned n = random() % 5; n > 0; --n) {
        std::string bytes(random() % (random() % 20 == 0 ? 40000 : 300), '\0');
        for (char& c : bytes) c = static_cast<char>('a' + random() % 26);
        const Slice slice = shard.stage(bytes);
        if (random() % 4 == 0) continue;  // for another connection
        queue.push(slice);
        expected += bytes;
      }
      if (random() % 8 == 0) queue.compact(shard.live_bytes_counter());
      ASSERT_EQ(queue.bytes(), expected.size());
      const std::size_t sent = expected.empty() ? 0 : random() % (expected.size() + 1);
      if (sent > 0) queue.consume(sent);
      expected.erase(0, sent);
      ASSERT_EQ(contents(queue), expected);
    }
  }
}

TEST(OutQueue, ASlowReceiverOfLittleDoesNotKeepMuchAlive) {
  Shard shard(0);
  OutQueue slow;
  const std::string for_others(15 * 1024, 'x');
  for (int i = 0; i < 1000; ++i) {
    slow.push(shard.stage("small"));
    shard.stage(for_others);
    slow.compact(shard.live_bytes_counter());
  }
  EXPECT_EQ(slow.bytes(), 5000u);
  EXPECT_LT(shard.staged_bytes(), 1024 * 1024u);
}

TEST(OutQueue, GivesItsChunksBack) {
  Shard shard(0);
  OutQueue queue;
  for (int i = 0; i < 100; ++i) queue.push(shard.stage(std::string(20000, 'x')));
  EXPECT_GE(shard.staged_bytes(), 2'000'000u);
  queue.consume(queue.bytes());
  EXPECT_EQ(shard.staged_bytes(), 0u);
}

}  // namespace
}  // namespace parlor::net
