// Takes uploads in: room for them while they arrive, two of them examined at a time, blobs.
//
// Thread-safe. Bounds: kMostArriving uploads at once; what arrives leaves `disk_reserve_bytes` of
// the disk free for the database; kMostWaiting files wait to be examined. What it is given outlives
// it; stop() before the store stops.
#pragma once

#include <atomic>

#include "base/workers.h"
#include "blobs/disk_blob_store.h"
#include "blobs/file_examiner.h"
#include "dialects/common/upload_intake.h"

namespace parlor::app {

struct UploadLimits {
  std::uint64_t max_file_bytes = 25u << 20;
  std::uint64_t disk_reserve_bytes = 256u << 20;
};

class UploadDesk final : public dialects::UploadIntake {
 public:
  static constexpr std::int64_t kMostArriving = 256;
  static constexpr std::size_t kMostWaiting = 256;
  static constexpr std::size_t kThreads = 2;

  UploadDesk(blobs::DiskBlobStore& blobs, UploadLimits limits)
      : blobs_(blobs), limits_(limits), examiner_(blobs), workers_(kThreads, kMostWaiting) {}

  std::uint64_t max_file_bytes() const override { return limits_.max_file_bytes; }
  Result<std::shared_ptr<void>> admit(std::uint64_t body_bytes) override;
  void take_in(std::string path, std::int64_t size,
               std::function<void(Result<chat::StoredFile>)> then) override;
  void discard(std::string key) override;

  // Finishes what it has taken.
  void stop() { workers_.stop(); }

 private:
  // Places are given back after the desk has gone, by requests that end late.
  struct Arriving {
    std::atomic<std::int64_t> uploads{0};
    std::atomic<std::uint64_t> bytes{0};
  };

  blobs::DiskBlobStore& blobs_;
  const UploadLimits limits_;
  blobs::FileExaminer examiner_;
  std::shared_ptr<Arriving> arriving_ = std::make_shared<Arriving>();
  ThreadWorkers workers_;
};

}  // namespace parlor::app
