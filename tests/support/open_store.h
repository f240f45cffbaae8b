// A store of its own for one test, in the directory given. It must be stopped before what it tells
// of its commits is destroyed.
#pragma once

#include <memory>
#include <string>

#include "store/sqlite/sqlite_store.h"

namespace parlor {

inline std::unique_ptr<store::SqliteStore> open_store(const std::string& directory,
                                                      const Clock& clock,
                                                      store::CommitListener& listener) {
  store::SqliteStore::Options options;
  options.directory = directory;
  return std::move(store::SqliteStore::open(options, clock, listener).value());
}

}  // namespace parlor
