#include "store/sqlite/log_vfs.h"

#include <sqlite3.h>

#include <cstring>
#include <map>
#include <memory>
#include <mutex>

#include "store/sqlite/connection.h"

namespace parlor::store {
namespace {

// SQLite allocates it, with room for the real file behind it.
struct LogFile {
  sqlite3_file base;
  sqlite3_file* real;
  char* gathered;
  int size;
  sqlite3_int64 at;  // of the gathered bytes in the file
  bool is_deferred;  // DeferredSync syncs it
  bool has_new_head;
};

LogFile& log(sqlite3_file* file) { return *reinterpret_cast<LogFile*>(file); }
sqlite3_file* real(sqlite3_file* file) { return log(file).real; }

// What could not be written is dropped: the transaction that it belongs to is told, and ends.
int flush(LogFile& file) {
  if (file.size == 0) return SQLITE_OK;
  const int size = std::exchange(file.size, 0);
  return file.real->pMethods->xWrite(file.real, file.gathered, size, file.at);
}

int write_log(sqlite3_file* handle, const void* data, int size, sqlite3_int64 at) {
  auto& file = log(handle);
  file.has_new_head |= at == 0;
  if (at != file.at + file.size || size > kGathered - file.size) {
    if (const int code = flush(file); code != SQLITE_OK) return code;
    file.at = at;
  }
  if (size > kGathered) return file.real->pMethods->xWrite(file.real, data, size, at);
  std::memcpy(file.gathered + file.size, data, static_cast<std::size_t>(size));
  file.size += size;
  return SQLITE_OK;
}

template <class Then>
int flushed(sqlite3_file* handle, Then then) {
  const int code = flush(log(handle));
  return code == SQLITE_OK ? then(real(handle)) : code;
}

int sync_log(sqlite3_file* handle, int flags) {
  auto& file = log(handle);
  const int code = flush(file);
  if (code != SQLITE_OK || (file.is_deferred && !file.has_new_head)) return code;
  file.has_new_head = false;
  return file.real->pMethods->xSync(file.real, flags);
}

int close_log(sqlite3_file* handle) {
  const int written = flush(log(handle));
  sqlite3_free(log(handle).gathered);
  const int closed = real(handle)->pMethods->xClose(real(handle));
  return written == SQLITE_OK ? closed : written;
}

const sqlite3_io_methods kMethods = {
    1,
    close_log,
    [](sqlite3_file* f, void* to, int size, sqlite3_int64 at) {
      return flushed(f, [&](auto* file) { return file->pMethods->xRead(file, to, size, at); });
    },
    write_log,
    [](sqlite3_file* f, sqlite3_int64 size) {
      return flushed(f, [&](auto* file) { return file->pMethods->xTruncate(file, size); });
    },
    sync_log,
    [](sqlite3_file* f, sqlite3_int64* size) {
      return flushed(f, [&](auto* file) { return file->pMethods->xFileSize(file, size); });
    },
    [](sqlite3_file* f, int lock) { return real(f)->pMethods->xLock(real(f), lock); },
    [](sqlite3_file* f, int lock) { return real(f)->pMethods->xUnlock(real(f), lock); },
    [](sqlite3_file* f, int* out) { return real(f)->pMethods->xCheckReservedLock(real(f), out); },
    [](sqlite3_file* f, int op, void* arg) {
      return flushed(f, [&](auto* file) { return file->pMethods->xFileControl(file, op, arg); });
    },
    [](sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); },
    [](sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); },
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
};

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* handle, int flags, int* out_flags) {
  auto* below = static_cast<sqlite3_vfs*>(vfs->pAppData);
  if ((flags & SQLITE_OPEN_WAL) == 0) return below->xOpen(below, name, handle, flags, out_flags);
  auto& file = log(handle);
  handle->pMethods = nullptr;
  file.real = reinterpret_cast<sqlite3_file*>(&file + 1);
  file.size = 0;
  file.at = 0;
  file.is_deferred = false;
  file.has_new_head = false;
  file.gathered = static_cast<char*>(sqlite3_malloc(kGathered));
  if (!file.gathered) return SQLITE_NOMEM;
  const int code = below->xOpen(below, name, file.real, flags, out_flags);
  if (file.real->pMethods) {
    handle->pMethods = &kMethods;
  } else {
    sqlite3_free(file.gathered);
  }
  return code;
}

struct Registered {
  std::string name;
  sqlite3_vfs vfs;
};

}  // namespace

std::string log_vfs(const std::string& below_name) {
  static std::mutex mutex;
  static std::map<std::string, std::unique_ptr<Registered>> registered;
  const std::lock_guard lock(mutex);
  auto& entry = registered[below_name];
  if (entry) return entry->name;
  auto* below = sqlite3_vfs_find(below_name.empty() ? nullptr : below_name.c_str());
  if (!below) throw SqliteError(SQLITE_ERROR, "no VFS " + below_name);
  auto vfs = std::make_unique<Registered>(Registered{"parlor-log-" + below_name, *below});
  vfs->vfs.zName = vfs->name.c_str();
  vfs->vfs.szOsFile = static_cast<int>(sizeof(LogFile)) + below->szOsFile;
  vfs->vfs.pAppData = below;
  vfs->vfs.pNext = nullptr;
  vfs->vfs.xOpen = open_file;
  const int code = sqlite3_vfs_register(&vfs->vfs, 0);
  if (code != SQLITE_OK) throw SqliteError(code, "registering the log's VFS");
  entry = std::move(vfs);
  return entry->name;
}

DeferredSync::DeferredSync(sqlite3* connection) : log_(nullptr) {
  sqlite3_file_control(connection, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log_);
  if (!log_ || log_->pMethods != &kMethods)
    throw SqliteError(SQLITE_MISUSE, "a connection without this log");
  log(log_).is_deferred = true;
}

DeferredSync::~DeferredSync() { log(log_).is_deferred = false; }

int DeferredSync::sync() { return real(log_)->pMethods->xSync(real(log_), SQLITE_SYNC_NORMAL); }

}  // namespace parlor::store
