#include "net/slice.h"

#include <cstring>
#include <new>

namespace parlor::net {

Chunk* Chunk::allocate(std::uint32_t capacity, std::size_t* live_bytes) {
  void* memory = ::operator new(sizeof(Chunk) + capacity);
  auto* chunk = new (memory) Chunk();
  chunk->data_ = static_cast<char*>(memory) + sizeof(Chunk);
  chunk->capacity_ = capacity;
  chunk->live_bytes_ = live_bytes;
  *live_bytes += capacity;
  return chunk;
}

Chunk* Chunk::adopt(std::shared_ptr<const std::string> bytes, std::size_t* live_bytes) {
  auto* chunk = new (::operator new(sizeof(Chunk))) Chunk();
  // Never written to: used() equals capacity().
  chunk->data_ = const_cast<char*>(bytes->data());
  chunk->capacity_ = static_cast<std::uint32_t>(bytes->size());
  chunk->used_ = chunk->capacity_;
  chunk->live_bytes_ = live_bytes;
  *live_bytes += chunk->capacity_;
  chunk->adopted_ = std::move(bytes);
  return chunk;
}

std::uint32_t Chunk::append(std::string_view bytes) {
  const std::uint32_t offset = used_;
  std::memcpy(data_ + offset, bytes.data(), bytes.size());
  used_ += static_cast<std::uint32_t>(bytes.size());
  return offset;
}

void Chunk::destroy() {
  *live_bytes_ -= capacity_;
  this->~Chunk();
  ::operator delete(this);
}

}  // namespace parlor::net
