#include "app/backup.h"

#include <unistd.h>

#include <filesystem>

#include "blobs/disk_blob_store.h"

namespace parlor::app {
namespace {

namespace fs = std::filesystem;

Failure already_there(const std::string& target) {
  return fail(ErrorCode::conflict, target + " exists already; a backup never replaces anything");
}

}  // namespace

Result<Ok> back_up_all(store::Store& store, const std::string& data_dir,
                       const std::string& target) {
  std::error_code error;
  if (fs::symlink_status(target, error).type() != fs::file_type::not_found) {
    return already_there(target);
  }
  const auto name = fs::absolute(target, error).lexically_normal().string();
  const auto unfinished = name + ".unfinished-" + std::to_string(::getpid());
  fs::remove_all(unfinished, error);
  if (auto copied = store.backup(unfinished); !copied) return copied;
  if (auto copied = blobs::copy_blobs(data_dir + "/blobs", unfinished + "/blobs"); !copied) {
    fs::remove_all(unfinished, error);
    return copied;
  }
  // Refused by the system when it has come into being meanwhile, unless it is an empty directory.
  fs::rename(unfinished, name, error);
  if (!error) return Ok();
  const auto reason = error.message();
  fs::remove_all(unfinished, error);
  return fail(ErrorCode::unavailable, "the backup failed: " + reason);
}

}  // namespace parlor::app
