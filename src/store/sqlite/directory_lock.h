// One process owns a data directory: whoever holds the lock on its file "lock", which names it.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"

namespace parlor::store {

class DirectoryLock {
 public:
  // Creates the directory (mode 0700) if need be. Fails with ErrorCode::conflict and the holder's
  // process id when somebody else holds it.
  static Result<std::unique_ptr<DirectoryLock>> acquire(const std::string& directory);

  DirectoryLock(const DirectoryLock&) = delete;
  DirectoryLock& operator=(const DirectoryLock&) = delete;
  ~DirectoryLock();

 private:
  explicit DirectoryLock(int file) : file_(file) {}
  int file_;
};

}  // namespace parlor::store
