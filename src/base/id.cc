#include "base/id.h"

namespace parlor {
namespace {

constexpr int kSecondDigits = 8;
constexpr int kIdDigits = 16;

void put_hex(char* to, std::uint64_t value, int digits) {
  for (int i = digits - 1; i >= 0; --i) {
    to[i] = "0123456789abcdef"[value & 15];
    value >>= 4;
  }
}

// -1 for what is no hexadecimal digit.
int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::uint64_t> read_hex(std::string_view text) {
  std::uint64_t value = 0;
  for (char c : text) {
    const int digit = hex_digit(c);
    if (digit < 0) return std::nullopt;
    value = value << 4 | static_cast<std::uint64_t>(digit);
  }
  return value;
}

}  // namespace

std::string to_hex(std::int64_t id) {
  std::string text(kSecondDigits + kIdDigits, '0');
  const auto bits = static_cast<std::uint64_t>(id);
  put_hex(text.data(), bits >> kIdNumberBits, kSecondDigits);
  put_hex(text.data() + kSecondDigits, bits, kIdDigits);
  return text;
}

std::optional<std::int64_t> id_from_hex(std::string_view text) {
  if (text.size() != kSecondDigits + kIdDigits) return std::nullopt;
  const auto second = read_hex(text.substr(0, kSecondDigits));
  const auto id = read_hex(text.substr(kSecondDigits));
  if (!second || !id || *id == 0 || *id >= static_cast<std::uint64_t>(kIdEnd)) return std::nullopt;
  if (*second != *id >> kIdNumberBits) return std::nullopt;
  return static_cast<std::int64_t>(*id);
}

}  // namespace parlor
