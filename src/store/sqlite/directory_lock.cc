#include "store/sqlite/directory_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

namespace parlor::store {
namespace {

std::string holder_of(int file) {
  char digits[32] = {};
  const auto size = pread(file, digits, sizeof digits - 1, 0);
  std::string pid(digits, size > 0 ? static_cast<std::size_t>(size) : 0);
  while (!pid.empty() && pid.back() == '\n') pid.pop_back();
  return pid.empty() ? "another process" : "process " + pid;
}

}  // namespace

Result<std::unique_ptr<DirectoryLock>> DirectoryLock::acquire(const std::string& directory) {
  namespace fs = std::filesystem;
  std::error_code failed;
  if (fs::create_directories(directory, failed))
    fs::permissions(directory, fs::perms::owner_all, failed);
  if (failed)
    return fail(ErrorCode::unavailable,
                "cannot create the data directory " + directory + ": " + failed.message());

  const auto path = directory + "/lock";
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0)
    return fail(ErrorCode::unavailable, "cannot open " + path + ": " + std::strerror(errno));
  std::unique_ptr<DirectoryLock> lock(new DirectoryLock(file));
  if (flock(file, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK)
      return fail(ErrorCode::unavailable, "cannot lock " + path + ": " + std::strerror(errno));
    return fail(ErrorCode::conflict, "the data directory " + directory + " is in use by " +
                                         holder_of(file) +
                                         "; stop it first, or choose another directory");
  }
  const auto pid = std::to_string(getpid()) + "\n";
  if (ftruncate(file, 0) != 0 ||
      pwrite(file, pid.data(), pid.size(), 0) != static_cast<ssize_t>(pid.size())) {
    // The lock holds all the same; only its holder stays nameless.
  }
  return lock;
}

DirectoryLock::~DirectoryLock() { close(file_); }

}  // namespace parlor::store
