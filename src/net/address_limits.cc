#include "net/address_limits.h"

#include <functional>
#include <string_view>

namespace parlor::net {

std::size_t AddressLimits::Hash::operator()(const IpAddress& address) const {
  return std::hash<std::string_view>()(
      {reinterpret_cast<const char*>(address.bytes.data()), address.bytes.size()});
}

bool AddressLimits::admit(const IpAddress& address, std::int64_t now_ms) {
  const std::int64_t second = now_ms / 1000;
  const std::lock_guard lock(mutex_);
  forget_old(second);
  Count& count = counts_[address.limit_key()];
  if (count.second != second) {
    count.second = second;
    count.new_in_second = 0;
  }
  if (count.open >= max_open_ || count.new_in_second >= max_new_per_second_) return false;
  ++count.new_in_second;
  ++count.open;
  return true;
}

void AddressLimits::release(const IpAddress& address) {
  const std::lock_guard lock(mutex_);
  const auto found = counts_.find(address.limit_key());
  if (found != counts_.end() && found->second.open > 0) --found->second.open;
}

void AddressLimits::forget_old(std::int64_t second) {
  if (second < cleaned_second_ + 5) return;
  cleaned_second_ = second;
  std::erase_if(counts_, [&](const auto& entry) {
    return entry.second.open == 0 && entry.second.second != second;
  });
}

}  // namespace parlor::net
