// The port through which a dialect hands in uploaded files. Implemented in app/. Thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "chat/upload.h"

namespace parlor::dialects {

class UploadIntake {
 public:
  virtual ~UploadIntake() = default;

  virtual std::uint64_t max_file_bytes() const = 0;

  // Asked before the first byte of a body of at most so many. unavailable when the disk is full or
  // too many uploads are arriving; else a place for it, to be held until the request is answered.
  virtual Result<std::shared_ptr<void>> admit(std::uint64_t body_bytes) = 0;

  // Examines the file and makes it a blob. `then` is called once, on another thread or, when too
  // many files wait, at once with unavailable.
  virtual void take_in(std::string path, std::int64_t size,
                       std::function<void(Result<chat::StoredFile>)> then) = 0;

  // The blob of an upload that was refused after all.
  virtual void discard(std::string key) = 0;
};

}  // namespace parlor::dialects
