// What a backend gives the contract suite: a fresh store that can be opened again, and the faults
// that the suite injects into it.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "store/store.h"

namespace parlor::store {

enum class Fault {
  disk_full,   // writing finds no space
  io_error,    // writing fails
  sync_error,  // making it durable fails
  no_memory,   // allocating fails
};

class StoreUnderTest {
 public:
  struct Limits {
    std::size_t waiting_jobs = 4'096;
    std::size_t waiting_bytes = 16 * 1024 * 1024;
    std::chrono::milliseconds search_deadline{2'000};
  };

  virtual ~StoreUnderTest() = default;

  // The same data each time; the store of an earlier call is gone by then, or still open.
  virtual Result<std::unique_ptr<Store>> open(const Clock& clock, CommitListener& listener,
                                              const Limits& limits) = 0;
  // Opens what Store::backup() wrote.
  virtual Result<std::unique_ptr<Store>> open_backup(const std::string& path, const Clock& clock,
                                                     CommitListener& listener) = 0;
  // A path for a backup that does not exist yet, beside the store's data.
  virtual std::string new_path() = 0;
  // The store is open and nobody writes. False when that takes unreasonably long.
  virtual bool wait_until_indexed() = 0;
  // As if a newer version of the server had written the data. The store is closed.
  virtual void pretend_newer_version() = 0;
  // The store fails like this, the next `times` times that it could, once `skipped` have passed.
  virtual void inject(Fault fault, int skipped, int times) = 0;
  virtual void heal() = 0;
};

using StoreFactory = std::function<std::unique_ptr<StoreUnderTest>()>;

}  // namespace parlor::store
