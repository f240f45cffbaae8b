// Collects how far readers have come, and writes it a little later: a marker never delays the
// answer that moved it, and a reader who pages through a room costs one write.
//
// Thread-safe; owns one thread, which writes every kDelayMs while there is something. Bound:
// kMaxWaiting markers; beyond it one is written at once. What waits at stop() is written first.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <tuple>
#include <vector>

#include "chat/actor.h"
#include "chat/reading.h"
#include "store/store.h"

namespace parlor::app {

class Markers {
 public:
  static constexpr int kDelayMs = 100;
  static constexpr std::size_t kMaxWaiting = 20'000;

  enum class Kind { read, delivered };

  explicit Markers(store::Store& store);
  ~Markers();  // stop()
  Markers(const Markers&) = delete;
  Markers& operator=(const Markers&) = delete;

  void add(Kind kind, chat::Actor reader, chat::ReachMessage reached);
  void stop();

 private:
  using Key = std::tuple<RoomId, ConversationId, Kind>;
  // The reader, and each message that they have reached since the last write.
  struct Waiting {
    Kind kind = Kind::read;
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
