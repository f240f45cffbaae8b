// Collects how far readers have come, and writes it a little later: a marker never delays the
// answer that moved it, and a reader who pages through a room costs one write. Whoever has moved a
// marker sees it in their next answer: their calls wait for it (settle).
//
// Thread-safe; owns one thread, which writes every kDelayMs while there is something. Bounds:
// kMaxReaders with kMaxReached messages each, beyond which a marker is written at once;
// kMaxSettling calls of one caller, beyond which a call does not wait. What waits at stop() is
// written first.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <vector>

#include "chat/actor.h"
#include "chat/reading.h"
#include "store/store.h"

namespace parlor::app {

class Markers {
 public:
  static constexpr int kDelayMs = 100;
  static constexpr std::size_t kMaxReaders = 20'000;
  static constexpr std::size_t kMaxReached = 32;
  static constexpr std::size_t kMaxSettling = 64;

  enum class Kind { read, delivered };

  struct Mark {
    Kind kind = Kind::read;
    chat::Actor reader;
    chat::ReachMessage reached;
  };

  // `store` outlives it, and is stopped before it is destroyed.
  explicit Markers(store::Store& store);
  ~Markers();  // stop()
  Markers(const Markers&) = delete;
  Markers& operator=(const Markers&) = delete;

  // `caller`: whose calls must see it (Call::caller_key), or the reader's conversation for what
  // nobody has asked for.
  void add(std::int64_t caller, Mark mark);
  // Calls `then` once everything that this caller has moved, in this room if one is named, is
  // written: at once, nearly always.
  void settle(std::int64_t caller, std::optional<RoomId> room, std::function<void()> then);
  void stop();

 private:
  struct Reader {
    std::vector<Mark> waiting;
    std::vector<std::function<void()>> then;
    int writes = 0;               // on their way
    std::vector<RoomId> writing;  // the rooms of these, until none is on its way

    bool moves(std::optional<RoomId> room) const;
  };

  void run();
  void write_due();
  static std::vector<Mark> begin_write(Reader& reader);
  void write(std::int64_t caller, std::vector<Mark> marks);
  void written(std::int64_t caller);

  store::Store& store_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::unordered_map<std::int64_t, Reader> readers_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace parlor::app
