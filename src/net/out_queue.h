// What waits to be sent on one connection: slices, in order, neighbours merged.
//
// Thread: its connection's. Bounds are the connection's business; the queue keeps what small
// slices it holds from keeping large chunks alive (see compact).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "net/slice.h"

struct iovec;

namespace parlor::net {

class OutQueue {
 public:
  bool empty() const { return bytes_ == 0; }
  std::size_t bytes() const { return bytes_; }

  void push(const Slice& slice) {
    if (slice.empty()) return;
    bytes_ += slice.size();
    if (bytes_ == slice.size()) {
      first_ = slice;
    } else if (!(rest_ ? rest_->back() : first_).merge(slice)) {
      push_behind(slice);
    }
  }

  // Fills at most `capacity` entries; returns how many.
  int gather(iovec* entries, int capacity) const;
  // Forgets `count` bytes at the front; they have been sent.
  void consume(std::size_t count);
  void clear();

  // For a receiver that does not read: when the slices are many and small, copies them into one
  // chunk of their own, so that they do not keep 64 KiB each alive.
  void compact(std::size_t* live_bytes);

 private:
  void push_behind(const Slice& slice);

  Slice first_;
  std::unique_ptr<std::vector<Slice>> rest_;  // behind first_, only while there is more than one
  std::size_t bytes_ = 0;
};

}  // namespace parlor::net
