#include "blobs/disk_blob_store.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <filesystem>

namespace parlor::blobs {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kThumbnailSuffix = ".thumbnail";
constexpr std::int64_t kOldSeconds = 3600;
constexpr std::size_t kSectionDigits = 2;

Failure cannot(const std::string& what, const std::string& path) {
  return fail(ErrorCode::unavailable, what + " " + path + ": " + std::strerror(errno));
}

// Flushes a file or a directory to the disk.
bool sync_path(const std::string& path, int flags) {
  const int file = ::open(path.c_str(), flags | O_CLOEXEC);
  if (file < 0) return false;
  const bool synced = ::fsync(file) == 0;
  const int reason = errno;
  ::close(file);
  errno = reason;
  return synced;
}

bool make_directory(const std::string& path) {
  return ::mkdir(path.c_str(), 0700) == 0 || errno == EEXIST;
}

std::string section_name(int section) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const auto at = [&](int digit) { return kDigits[static_cast<std::size_t>(digit)]; };
  return {at(section / 16), at(section % 16)};
}

// The names in a directory, unsorted; none when it cannot be read.
std::vector<std::string> names_in(const std::string& directory) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    names.push_back(entry->path().filename().string());
  }
  return names;
}

bool is_old(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && status.st_mtime < ::time(nullptr) - kOldSeconds;
}

bool link_or_copy(const std::string& from, const std::string& to) {
  if (::link(from.c_str(), to.c_str()) == 0) return true;
  if (errno == ENOENT) return true;  // it went meanwhile
  std::error_code error;
  fs::copy_file(from, to, error);
  if (error == std::errc::no_such_file_or_directory) return true;
  if (error) {
    errno = error.value();
    return false;
  }
  return sync_path(to, O_RDONLY);
}

}  // namespace

Result<std::unique_ptr<DiskBlobStore>> DiskBlobStore::open(const std::string& directory) {
  // Absolute: other programs are told where files are.
  std::error_code error;
  const auto root = fs::absolute(directory, error).string();
  if (error) return fail(ErrorCode::unavailable, "no directory " + directory);
  std::unique_ptr<DiskBlobStore> store(new DiskBlobStore(root));
  for (const auto& path : {root, store->incoming()}) {
    if (!make_directory(path)) return cannot("cannot create", path);
  }
  // What was arriving when the server was killed.
  for (const auto& name : names_in(store->incoming())) {
    ::unlink((store->incoming() + "/" + name).c_str());
  }
  return store;
}

std::string DiskBlobStore::section_of(std::string_view key) const {
  return directory_ + "/" + std::string(key.substr(0, kSectionDigits));
}

std::string DiskBlobStore::path(std::string_view key, chat::BlobPart part) const {
  auto path = section_of(key) + "/" + std::string(key);
  if (part == chat::BlobPart::thumbnail) path += kThumbnailSuffix;
  return path;
}

Result<Ok> DiskBlobStore::put(std::string_view key, chat::BlobPart part, const std::string& from) {
  if (!chat::is_blob_key(key)) return fail(ErrorCode::invalid, "not the key of a blob");
  const auto to = path(key, part);
  const auto section = section_of(key);
  if (::mkdir(section.c_str(), 0700) == 0) {
    if (!sync_path(directory_, O_RDONLY | O_DIRECTORY)) return cannot("cannot write", directory_);
  } else if (errno != EEXIST) {
    return cannot("cannot create", section);
  }
  if (!sync_path(from, O_RDONLY)) return cannot("cannot write", from);
  if (::rename(from.c_str(), to.c_str()) != 0) return cannot("cannot write", to);
  if (!sync_path(section, O_RDONLY | O_DIRECTORY)) {
    const auto failure = cannot("cannot write", to);
    ::unlink(to.c_str());
    return failure;
  }
  return Ok();
}

void DiskBlobStore::remove(std::string_view key) {
  if (!chat::is_blob_key(key)) return;
  // The small picture first: it is found again by its original only.
  ::unlink(path(key, chat::BlobPart::thumbnail).c_str());
  ::unlink(path(key, chat::BlobPart::original).c_str());
}

std::vector<std::string> DiskBlobStore::list_old(int section, std::string_view after,
                                                 std::size_t limit) {
  const auto directory = directory_ + "/" + section_name(section);
  std::vector<std::string> keys;
  for (const auto& name : names_in(directory)) {
    const auto key = name.substr(0, name.find('.'));
    if (chat::is_blob_key(key) && key > after && is_old(directory + "/" + name)) {
      keys.push_back(key);
    }
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  if (keys.size() > limit) keys.resize(limit);
  return keys;
}

std::uint64_t DiskBlobStore::free_bytes() const {
  struct statvfs system {};
  if (::statvfs(directory_.c_str(), &system) != 0) return 0;
  return std::uint64_t{system.f_bavail} * system.f_frsize;
}

Result<Ok> copy_blobs(const std::string& from, const std::string& to) {
  if (!make_directory(to)) return cannot("cannot create", to);
  for (int section = 0; section < chat::kBlobSections; ++section) {
    const auto source = from + "/" + section_name(section);
    const auto target = to + "/" + section_name(section);
    const auto names = names_in(source);
    if (names.empty()) continue;
    if (!make_directory(target)) return cannot("cannot create", target);
    for (const auto& name : names) {
      if (!link_or_copy(source + "/" + name, target + "/" + name)) {
        return cannot("cannot copy to", target + "/" + name);
      }
    }
    if (!sync_path(target, O_RDONLY | O_DIRECTORY)) return cannot("cannot write", target);
  }
  if (!sync_path(to, O_RDONLY | O_DIRECTORY)) return cannot("cannot write", to);
  return Ok();
}

}  // namespace parlor::blobs
