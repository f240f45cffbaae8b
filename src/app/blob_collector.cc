#include "app/blob_collector.h"

#include "app/function_job.h"
#include "base/log.h"
#include "chat/uploads.h"

namespace parlor::app {
namespace {

using Keys = Result<std::vector<std::string>>;

}  // namespace

void BlobCollector::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool BlobCollector::is_stopping() {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

void BlobCollector::run() {
  using SteadyClock = std::chrono::steady_clock;
  auto next_search = SteadyClock::now();
  while (!is_stopping()) {
    remove_expired();
    if (SteadyClock::now() >= next_search) {
      remove_unknown();
      next_search = SteadyClock::now() + kSearchPause;
    }
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kPause, [this] { return stopping_; });
  }
}

void BlobCollector::remove_expired() {
  std::size_t found = chat::kCollectedInOneStep;
  while (found == chat::kCollectedInOneStep && !is_stopping()) {
    const auto expired = run_and_wait(
        store_, store::Lane::write,
        [](chat::Transaction& transaction) -> Keys { return chat::expire_uploads(transaction); });
    if (!expired) return log::warn("old uploads stay for now: {}", expired.error().message);
    for (const auto& key : *expired) blobs_.remove(key);
    found = expired->size();
  }
}

void BlobCollector::remove_unknown() {
  for (int section = 0; section < chat::kBlobSections && !is_stopping(); ++section) {
    remove_unknown(section);
  }
}

void BlobCollector::remove_unknown(int section) {
  std::string after;
  while (!is_stopping()) {
    const auto keys = blobs_.list_old(section, after, chat::kCollectedInOneStep);
    if (keys.empty()) return;
    const auto unknown =
        run_and_wait(store_, store::Lane::read, [&keys](chat::Transaction& transaction) -> Keys {
          return chat::unknown_blobs(transaction, keys);
        });
    if (!unknown) return;
    for (const auto& key : *unknown) blobs_.remove(key);
    if (!unknown->empty()) log::info("removed {} files that no upload names", unknown->size());
    after = keys.back();
  }
}

}  // namespace parlor::app
