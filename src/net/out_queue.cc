#include "net/out_queue.h"

#include <sys/uio.h>

#include <algorithm>

namespace parlor::net {
namespace {

constexpr std::size_t kManySlices = 8;
constexpr std::size_t kSmallOnAverage = 16 * 1024;

}  // namespace

void OutQueue::push_behind(const Slice& slice) {
  if (!rest_) rest_ = std::make_unique<std::vector<Slice>>();
  rest_->push_back(slice);
}

int OutQueue::gather(iovec* entries, int capacity) const {
  int count = 0;
  const auto put = [&](const Slice& slice) {
    entries[count].iov_base = const_cast<char*>(slice.data());
    entries[count].iov_len = slice.size();
    ++count;
  };
  if (!empty()) put(first_);
  if (!rest_) return count;
  for (auto at = rest_->begin(); at != rest_->end() && count < capacity; ++at) put(*at);
  return count;
}

void OutQueue::consume(std::size_t count) {
  bytes_ -= count;
  if (bytes_ == 0) return clear();
  if (count < first_.size()) return first_.drop_front(static_cast<std::uint32_t>(count));
  count -= first_.size();
  // Something is left, so rest_ is there and one of its slices is only partly sent.
  auto at = rest_->begin();
  for (; count >= at->size(); ++at) count -= at->size();
  first_ = std::move(*at);
  first_.drop_front(static_cast<std::uint32_t>(count));
  rest_->erase(rest_->begin(), at + 1);
  if (rest_->empty()) rest_.reset();
}

void OutQueue::clear() {
  first_ = Slice();
  rest_.reset();
  bytes_ = 0;
}

void OutQueue::compact(std::size_t* live_bytes) {
  if (!rest_ || rest_->size() < kManySlices || bytes_ / rest_->size() > kSmallOnAverage) return;
  Chunk* chunk = Chunk::allocate(static_cast<std::uint32_t>(bytes_), live_bytes);
  chunk->append(first_.view());
  for (const Slice& slice : *rest_) chunk->append(slice.view());
  first_ = Slice(chunk, 0, chunk->used());
  chunk->release();
  rest_.reset();
}

}  // namespace parlor::net
