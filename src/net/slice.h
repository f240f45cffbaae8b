// Bytes on their way out: immutable, shared by the connections of one shard.
//
//   Chunk   64 KiB (or one large piece): frames of a turn are appended one behind the other
//           |frame 1|frame 2|frame 3|            free            |
//   Slice   a part of a chunk, which it keeps alive
//
// Two slices that touch in the same chunk are one run of bytes: W frames broadcast to a room in one
// turn cost each receiver one slice and one write.
//
// Thread: everything here belongs to one shard's thread; counts are not atomic.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace parlor::net {

class Chunk {
 public:
  // `live_bytes` is the shard's count of bytes held by chunks and outlives the chunk.
  static Chunk* allocate(std::uint32_t capacity, std::size_t* live_bytes);
  // A chunk around bytes that live elsewhere, uncopied.
  static Chunk* adopt(std::shared_ptr<const std::string> bytes, std::size_t* live_bytes);

  void retain() { ++references_; }
  void release() {
    if (--references_ == 0) destroy();
  }
  const char* data() const { return data_; }
  std::uint32_t capacity() const { return capacity_; }
  std::uint32_t used() const { return used_; }
  std::uint32_t room() const { return capacity_ - used_; }
  // Precondition: bytes.size() <= room(). Returns the offset of what was appended.
  std::uint32_t append(std::string_view bytes);

 private:
  Chunk() = default;
  ~Chunk() = default;
  void destroy();

  char* data_ = nullptr;
  std::uint32_t references_ = 1;
  std::uint32_t capacity_ = 0;
  std::uint32_t used_ = 0;
  std::size_t* live_bytes_ = nullptr;
  std::shared_ptr<const std::string> adopted_;
};

class Slice {
 public:
  Slice() = default;
  // Shares the chunk.
  Slice(Chunk* chunk, std::uint32_t offset, std::uint32_t size)
      : chunk_(chunk), offset_(offset), size_(size) {
    if (chunk_) chunk_->retain();
  }
  Slice(const Slice& other) : Slice(other.chunk_, other.offset_, other.size_) {}
  Slice(Slice&& other) noexcept
      : chunk_(std::exchange(other.chunk_, nullptr)),
        offset_(other.offset_),
        size_(std::exchange(other.size_, 0)) {}
  Slice& operator=(Slice other) noexcept {
    std::swap(chunk_, other.chunk_);
    std::swap(offset_, other.offset_);
    std::swap(size_, other.size_);
    return *this;
  }
  ~Slice() {
    if (chunk_) chunk_->release();
  }

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const char* data() const { return chunk_->data() + offset_; }
  std::string_view view() const { return size_ ? std::string_view(data(), size_) : ""; }
  const Chunk* chunk() const { return chunk_; }

  // True when `next` begins where this one ends; this one then covers both.
  bool merge(const Slice& next) {
    if (next.chunk_ != chunk_ || next.offset_ != offset_ + size_ || !chunk_) return false;
    size_ += next.size_;
    return true;
  }
  void drop_front(std::uint32_t count) {
    offset_ += count;
    size_ -= count;
  }

 private:
  Chunk* chunk_ = nullptr;
  std::uint32_t offset_ = 0;
  std::uint32_t size_ = 0;
};

}  // namespace parlor::net
