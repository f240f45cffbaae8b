#include "realtime/session_id.h"

#include "base/digest.h"

namespace parlor::realtime {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t kPlaceSize = 6;

void append_number(std::string& to, std::uint32_t number, int characters) {
  for (int i = characters - 1; i >= 0; --i) to += kAlphabet[number >> (6 * i) & 63];
}

std::optional<std::uint32_t> number_of(std::string_view text) {
  std::uint32_t number = 0;
  for (const char c : text) {
    const auto digit = kAlphabet.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    number = number << 6 | static_cast<std::uint32_t>(digit);
  }
  return number;
}

}  // namespace

std::string make_id(Place place, std::size_t size) {
  std::string id;
  id.reserve(size);
  append_number(id, place.shard, 2);
  append_number(id, place.slot, 4);
  id += base64url_encode(random_bytes(size)).substr(0, size - kPlaceSize);
  return id;
}

std::optional<Place> place_of(std::string_view id, std::size_t size) {
  if (id.size() != size) return std::nullopt;
  const auto shard = number_of(id.substr(0, 2));
  const auto slot = number_of(id.substr(2, kPlaceSize - 2));
  if (!shard || !slot) return std::nullopt;
  return Place{*shard, *slot};
}

}  // namespace parlor::realtime
