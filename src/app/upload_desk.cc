#include "app/upload_desk.h"

#include <utility>

namespace parlor::app {
namespace {

Failure busy(const char* message, std::chrono::seconds wait) {
  return Failure(Error{ErrorCode::unavailable, message, wait});
}

}  // namespace

Result<std::shared_ptr<void>> UploadDesk::admit(std::uint64_t body_bytes) {
  const auto free = blobs_.free_bytes();
  const auto before = arriving_->bytes.fetch_add(body_bytes);
  const auto uploads = arriving_->uploads.fetch_add(1);
  std::shared_ptr<void> place(nullptr, [arriving = arriving_, body_bytes](void*) {
    arriving->bytes -= body_bytes;
    --arriving->uploads;
  });
  if (uploads >= kMostArriving) {
    return busy("too many files are being uploaded; try again in a moment",
                std::chrono::seconds(1));
  }
  if (free < limits_.disk_reserve_bytes + before + body_bytes) {
    return busy("the server has no room for files; nothing was stored", std::chrono::minutes(5));
  }
  return place;
}

void UploadDesk::take_in(std::string path, std::int64_t size,
                         std::function<void(Result<chat::StoredFile>)> then) {
  auto finish = std::make_shared<decltype(then)>(std::move(then));
  const bool taken = workers_.submit(
      [this, path = std::move(path), size, finish] { (*finish)(examiner_.take_in(path, size)); });
  if (taken) return;
  (*finish)(
      busy("too many files are being uploaded; try again in a moment", std::chrono::seconds(1)));
}

void UploadDesk::discard(std::string key) {
  // Should nobody have time for it, the collector finds it.
  static_cast<void>(workers_.submit([this, key = std::move(key)] { blobs_.remove(key); }));
}

}  // namespace parlor::app
