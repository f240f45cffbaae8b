#include "store/sqlite/page_cache.h"

#include <sqlite3.h>

#include <algorithm>
#include <new>

namespace parlor::store {
namespace {

constexpr unsigned kLockByte = 0x40000000;

sqlite3_pcache_methods2 real;

struct Cache {
  sqlite3_pcache* pages;
  unsigned lock_page;
  unsigned highest = 0;
};

Cache& cache(sqlite3_pcache* handle) { return *reinterpret_cast<Cache*>(handle); }

sqlite3_pcache* create(int page_size, int extra, int is_purgeable) {
  auto* pages = real.xCreate(page_size, extra, is_purgeable);
  if (!pages) return nullptr;
  auto* made = new (std::nothrow) Cache{pages, kLockByte / static_cast<unsigned>(page_size) + 1};
  if (!made) real.xDestroy(pages);
  return reinterpret_cast<sqlite3_pcache*>(made);
}

void destroy(sqlite3_pcache* handle) {
  real.xDestroy(cache(handle).pages);
  delete &cache(handle);
}

sqlite3_pcache_page* fetch(sqlite3_pcache* handle, unsigned number, int may_create) {
  auto& c = cache(handle);
  auto* page = real.xFetch(c.pages, number, may_create);
  if (page) c.highest = std::max(c.highest, number);
  return page;
}

void renumber(sqlite3_pcache* handle, sqlite3_pcache_page* page, unsigned from, unsigned to) {
  auto& c = cache(handle);
  real.xRekey(c.pages, page, from, to);
  if (to != c.lock_page) c.highest = std::max(c.highest, to);
}

void truncate(sqlite3_pcache* handle, unsigned first_dropped) {
  auto& c = cache(handle);
  if (first_dropped > c.highest) return;
  real.xTruncate(c.pages, first_dropped);
  c.highest = first_dropped == 0 ? 0 : first_dropped - 1;
}

sqlite3_pcache_methods2 layered() {
  auto methods = real;
  methods.xCreate = create;
  methods.xDestroy = destroy;
  methods.xFetch = fetch;
  methods.xRekey = renumber;
  methods.xTruncate = truncate;
  methods.xCachesize = [](sqlite3_pcache* c, int size) { real.xCachesize(cache(c).pages, size); };
  methods.xPagecount = [](sqlite3_pcache* c) { return real.xPagecount(cache(c).pages); };
  methods.xUnpin = [](sqlite3_pcache* c, sqlite3_pcache_page* page, int discard) {
    real.xUnpin(cache(c).pages, page, discard);
  };
  methods.xShrink = [](sqlite3_pcache* c) { real.xShrink(cache(c).pages); };
  return methods;
}

}  // namespace

void use_page_cache() {
  if (sqlite3_config(SQLITE_CONFIG_GETPCACHE2, &real) != SQLITE_OK) return;
  const auto methods = layered();
  sqlite3_config(SQLITE_CONFIG_PCACHE2, &methods);
}

}  // namespace parlor::store
