#include "store/sqlite/backup.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "store/sqlite/connection.h"
#include "store/sqlite/statement.h"

namespace parlor::store {
namespace {

namespace fs = std::filesystem;

Failure already_there(const std::string& target) {
  return fail(ErrorCode::conflict, target + " exists already; a backup never replaces anything");
}

bool sync_directory(const fs::path& directory) {
  const int descriptor = open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool synced = fsync(descriptor) == 0;
  close(descriptor);
  return synced;
}

// All pages in one step: a step that is not the last is undone by the next write.
void copy_pages(const std::string& file, const std::string& vfs, const std::string& copy) {
  SqliteConnection from(file, SqliteConnection::Mode::reader, vfs);
  SqliteConnection to(copy, SqliteConnection::Mode::writer);
  to.execute("PRAGMA journal_mode = DELETE");
  auto* backup = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
  if (!backup) throw_sqlite_error(to.handle(), sqlite3_errcode(to.handle()), "backup");
  sqlite3_backup_step(backup, -1);
  const int code = sqlite3_backup_finish(backup);
  if (code != SQLITE_OK) throw_sqlite_error(to.handle(), code, "backup");
}

}  // namespace

Result<Ok> back_up(const std::string& file, const std::string& vfs, const std::string& target) {
  std::error_code failed;
  if (fs::symlink_status(target, failed).type() != fs::file_type::not_found)
    return already_there(target);
  const fs::path name = fs::absolute(target, failed).lexically_normal();
  const fs::path partial = name.string() + ".partial-" + std::to_string(getpid());
  fs::remove_all(partial, failed);
  if (!fs::create_directory(partial, failed))
    return fail(ErrorCode::invalid, "cannot create " + partial.string() + ": " + failed.message());
  fs::permissions(partial, fs::perms::owner_all, failed);
  try {
    copy_pages(file, vfs, (partial / "parlor.db").string());
  } catch (const SqliteError& error) {
    fs::remove_all(partial, failed);
    return fail(ErrorCode::unavailable, std::string("the backup failed: ") + error.what());
  }
  if (!sync_directory(partial) ||
      renameat2(AT_FDCWD, partial.c_str(), AT_FDCWD, name.c_str(), RENAME_NOREPLACE) != 0) {
    const int error = errno;
    fs::remove_all(partial, failed);
    if (error == EEXIST) return already_there(target);
    return fail(ErrorCode::unavailable, std::string("the backup failed: ") + std::strerror(error));
  }
  sync_directory(name.parent_path());
  return Ok{};
}

}  // namespace parlor::store
