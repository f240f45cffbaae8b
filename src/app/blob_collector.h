// Removes what nobody needs: uploads that no message has carried for a day, and blobs without a row
// (of a server that was killed between the two).
//
// Owns one thread, which works at the start and every kPause; blobs without a row are looked for at
// the start and once a day. Each step is at most chat::kCollectedInOneStep uploads, and waits for
// the store. stop() before the store stops.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "chat/blob_store.h"
#include "store/store.h"

namespace parlor::app {

class BlobCollector {
 public:
  static constexpr std::chrono::minutes kPause{10};
  static constexpr std::chrono::hours kSearchPause{24};

  // Both outlive it.
  BlobCollector(store::Store& store, chat::BlobStore& blobs)
      : store_(store), blobs_(blobs), thread_([this] { run(); }) {}
  ~BlobCollector() { stop(); }
  BlobCollector(const BlobCollector&) = delete;
  BlobCollector& operator=(const BlobCollector&) = delete;

  void stop();

 private:
  void run();
  bool is_stopping();
  void remove_expired();
  void remove_unknown();
  void remove_unknown(int section);

  store::Store& store_;
  chat::BlobStore& blobs_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace parlor::app
