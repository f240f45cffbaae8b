#include "base/id_source.h"

namespace parlor {

std::int64_t ClockIdSource::next() {
  const std::lock_guard lock(mutex_);
  const auto now_s = clock_.now().seconds();
  if (now_s > second_) {
    second_ = now_s;
    number_ = 0;
  } else if (number_ == (std::int64_t{1} << kIdNumberBits)) {
    ++second_;
    number_ = 0;
  }
  return second_ << kIdNumberBits | number_++;
}

}  // namespace parlor
