// Task: a callable that is run once, move-only, kept inside the object when it is small
// (std::move_only_function is not in C++20).
#pragma once

#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

namespace parlor::net {

class Task {
 public:
  static constexpr std::size_t kInlineBytes = 48;

  Task() = default;
  template <class F>
  requires(!std::is_same_v<std::remove_cvref_t<F>, Task> && std::is_invocable_v<F&>)
      Task(F&& callable) {  // NOLINT: made from lambdas in place
    using Held = std::remove_cvref_t<F>;
    if constexpr (sizeof(Held) <= kInlineBytes && alignof(Held) <= alignof(std::max_align_t) &&
                  std::is_nothrow_move_constructible_v<Held>) {
      new (storage_) Held(std::forward<F>(callable));
      operations_ = &kInlineOperations<Held>;
    } else {
      *reinterpret_cast<Held**>(storage_) = new Held(std::forward<F>(callable));
      operations_ = &kHeapOperations<Held>;
    }
  }

  Task(Task&& other) noexcept : operations_(std::exchange(other.operations_, nullptr)) {
    if (operations_) operations_->move(other.storage_, storage_);
  }
  Task& operator=(Task&& other) noexcept {
    if (this == &other) return *this;
    reset();
    operations_ = std::exchange(other.operations_, nullptr);
    if (operations_) operations_->move(other.storage_, storage_);
    return *this;
  }
  ~Task() { reset(); }

  void operator()() { operations_->call(storage_); }
  explicit operator bool() const { return operations_ != nullptr; }

 private:
  struct Operations {
    void (*call)(void*);
    void (*move)(void* from, void* to) noexcept;  // leaves nothing at `from`
    void (*destroy)(void*) noexcept;
  };

  template <class Held>
  static constexpr Operations kInlineOperations = {
      [](void* at) { (*static_cast<Held*>(at))(); },
      [](void* from, void* to) noexcept {
        new (to) Held(std::move(*static_cast<Held*>(from)));
        static_cast<Held*>(from)->~Held();
      },
      [](void* at) noexcept { static_cast<Held*>(at)->~Held(); }};

  template <class Held>
  static constexpr Operations kHeapOperations = {
      [](void* at) { (**static_cast<Held**>(at))(); },
      [](void* from, void* to) noexcept { *static_cast<Held**>(to) = *static_cast<Held**>(from); },
      [](void* at) noexcept { delete *static_cast<Held**>(at); }};

  void reset() {
    if (operations_) std::exchange(operations_, nullptr)->destroy(storage_);
  }

  const Operations* operations_ = nullptr;
  alignas(std::max_align_t) std::byte storage_[kInlineBytes];
};

}  // namespace parlor::net
