// Collects what readers have read, and writes it a little later: a marker never delays the answer
// that moved it, and a reader who pages through a room costs one write.
//
// Thread-safe; owns one thread, which writes every kDelayMs while there is something. Bound:
// kMaxWaiting readers' marks; beyond it a mark is written at once. What waits at stop() is written
// first.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "dialects/common/call.h"
#include "store/store.h"

namespace parlor::app {

class ReadMarks {
 public:
  static constexpr int kDelayMs = 100;
  static constexpr std::size_t kMaxWaiting = 20'000;

  explicit ReadMarks(store::Store& store);
  ~ReadMarks();  // stop()
  ReadMarks(const ReadMarks&) = delete;
  ReadMarks& operator=(const ReadMarks&) = delete;

  void add(dialects::PageRead read);
  void stop();

 private:
  using Key = std::pair<RoomId, ConversationId>;
  // The reader, and each message that they have reached since the last write.
  struct Waiting {
    chat::Actor reader;
    std::vector<chat::ReachMessage> reached;
  };

  void run();
  void write(Waiting waiting);

  store::Store& store_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<Key, Waiting> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace parlor::app
