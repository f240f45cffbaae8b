// A value that several hold and nobody changes: copied by counting, on whatever threads.
#pragma once

#include <memory>
#include <utility>

namespace parlor {

template <class T>
class Shared {
 public:
  Shared() : value_(std::shared_ptr<void>(), &nothing()) {}  // T's own default
  Shared(T value) : value_(std::make_shared<const T>(std::move(value))) {}
  // Copied where others are moved: there always is a value.
  Shared(const Shared&) = default;
  Shared& operator=(const Shared&) = default;
  ~Shared() = default;

  const T& operator*() const { return *value_; }
  const T* operator->() const { return value_.get(); }

 private:
  static const T& nothing() {
    static const T value{};
    return value;
  }

  std::shared_ptr<const T> value_;
};

}  // namespace parlor
