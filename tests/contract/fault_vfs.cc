#include "contract/fault_vfs.h"

#include <sqlite3.h>

#include <atomic>
#include <condition_variable>
#include <cstring>
#include <mutex>

namespace parlor::store {
namespace {

std::mutex fault_mutex;
FileFault current = FileFault::none;
int to_skip = 0;
int to_fail = 0;
int syncs = 0;
bool syncs_are_held = false;
int held_syncs = 0;
std::condition_variable held_changed;

bool strikes(FileFault fault) {
  const std::lock_guard lock(fault_mutex);
  if (current != fault || to_fail == 0) return false;
  if (to_skip > 0) return --to_skip, false;
  --to_fail;
  return true;
}

void wait_while_held() {
  std::unique_lock lock(fault_mutex);
  ++syncs;
  ++held_syncs;
  held_changed.notify_all();
  held_changed.wait(lock, [] { return !syncs_are_held; });
  --held_syncs;
}

// The file that SQLite sees, with the real one behind it.
struct FaultFile {
  sqlite3_file base;
  sqlite3_file* real;
};

sqlite3_file* real(sqlite3_file* file) { return reinterpret_cast<FaultFile*>(file)->real; }

int write_file(sqlite3_file* file, const void* data, int size, sqlite3_int64 at) {
  if (strikes(FileFault::full)) return SQLITE_FULL;
  if (strikes(FileFault::write_error)) return SQLITE_IOERR_WRITE;
  return real(file)->pMethods->xWrite(real(file), data, size, at);
}

int sync_file(sqlite3_file* file, int flags) {
  wait_while_held();
  if (strikes(FileFault::sync_error)) return SQLITE_IOERR_FSYNC;
  return real(file)->pMethods->xSync(real(file), flags);
}

const sqlite3_io_methods kMethods = {
    3,
    [](sqlite3_file* f) { return real(f)->pMethods ? real(f)->pMethods->xClose(real(f)) : 0; },
    [](sqlite3_file* f, void* to, int size, sqlite3_int64 at) {
      return real(f)->pMethods->xRead(real(f), to, size, at);
    },
    write_file,
    [](sqlite3_file* f, sqlite3_int64 size) { return real(f)->pMethods->xTruncate(real(f), size); },
    sync_file,
    [](sqlite3_file* f, sqlite3_int64* size) {
      return real(f)->pMethods->xFileSize(real(f), size);
    },
    [](sqlite3_file* f, int lock) { return real(f)->pMethods->xLock(real(f), lock); },
    [](sqlite3_file* f, int lock) { return real(f)->pMethods->xUnlock(real(f), lock); },
    [](sqlite3_file* f, int* out) { return real(f)->pMethods->xCheckReservedLock(real(f), out); },
    [](sqlite3_file* f, int op, void* arg) {
      return real(f)->pMethods->xFileControl(real(f), op, arg);
    },
    [](sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); },
    [](sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); },
    [](sqlite3_file* f, int page, int size, int extend, void volatile** to) {
      return real(f)->pMethods->xShmMap(real(f), page, size, extend, to);
    },
    [](sqlite3_file* f, int at, int n, int flags) {
      return real(f)->pMethods->xShmLock(real(f), at, n, flags);
    },
    [](sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); },
    [](sqlite3_file* f, int remove) { return real(f)->pMethods->xShmUnmap(real(f), remove); },
    [](sqlite3_file* f, sqlite3_int64 at, int size, void** to) {
      return real(f)->pMethods->xFetch(real(f), at, size, to);
    },
    [](sqlite3_file* f, sqlite3_int64 at, void* from) {
      return real(f)->pMethods->xUnfetch(real(f), at, from);
    },
};

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  auto* below = static_cast<sqlite3_vfs*>(vfs->pAppData);
  auto* fault_file = reinterpret_cast<FaultFile*>(file);
  fault_file->real = reinterpret_cast<sqlite3_file*>(fault_file + 1);
  const int code = below->xOpen(below, name, fault_file->real, flags, out_flags);
  file->pMethods = fault_file->real->pMethods ? &kMethods : nullptr;
  return code;
}

}  // namespace

void register_fault_vfs() {
  static sqlite3_vfs vfs = [] {
    auto* below = sqlite3_vfs_find(nullptr);
    sqlite3_vfs copy = *below;
    copy.zName = kFaultVfsName;
    copy.szOsFile = static_cast<int>(sizeof(FaultFile)) + below->szOsFile;
    copy.pAppData = below;
    copy.pNext = nullptr;
    copy.xOpen = open_file;
    return copy;
  }();
  static const int registered = sqlite3_vfs_register(&vfs, 0);
  static_cast<void>(registered);
}

void fail_files(FileFault fault, int skipped, int times) {
  const std::lock_guard lock(fault_mutex);
  current = fault;
  to_skip = skipped;
  to_fail = times;
}

int syncs_so_far() {
  const std::lock_guard lock(fault_mutex);
  return syncs;
}

HeldSyncs::HeldSyncs() {
  const std::lock_guard lock(fault_mutex);
  syncs_are_held = true;
}

HeldSyncs::~HeldSyncs() {
  const std::lock_guard lock(fault_mutex);
  syncs_are_held = false;
  held_changed.notify_all();
}

void HeldSyncs::wait_for_one() {
  std::unique_lock lock(fault_mutex);
  held_changed.wait(lock, [] { return held_syncs > 0; });
}

}  // namespace parlor::store
