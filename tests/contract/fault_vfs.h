// A SQLite VFS over the default one that fails on demand.
//
// Thread-safe; one in the process, registered under kFaultVfsName at its first use. Faults apply to
// files of the database in write-ahead-log mode: writes (SQLITE_FULL, SQLITE_IOERR_WRITE) and
// syncs.
#pragma once

namespace parlor::store {

inline constexpr const char* kFaultVfsName = "parlor_fault";

enum class FileFault { none, full, write_error, sync_error };

void register_fault_vfs();
void fail_files(FileFault fault, int skipped, int times);
int syncs_so_far();

// Syncs wait while it lives.
class HeldSyncs {
 public:
  HeldSyncs();
  HeldSyncs(const HeldSyncs&) = delete;
  HeldSyncs& operator=(const HeldSyncs&) = delete;
  ~HeldSyncs();
  void wait_for_one();  // until one waits
};

}  // namespace parlor::store
