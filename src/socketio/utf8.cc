#include "socketio/utf8.h"

#include <cstdint>
#include <cstring>

namespace parlor::socketio {
namespace {

struct Lead {
  int continuation_bytes;
  unsigned char first_min;  // the range of the first continuation byte excludes overlong forms,
  unsigned char first_max;  // surrogates and what lies beyond U+10FFFF
};

Lead lead_of(unsigned char c) {
  if (c >= 0xC2 && c <= 0xDF) return {1, 0x80, 0xBF};
  if (c == 0xE0) return {2, 0xA0, 0xBF};
  if (c == 0xED) return {2, 0x80, 0x9F};
  if (c >= 0xE1 && c <= 0xEF) return {2, 0x80, 0xBF};
  if (c == 0xF0) return {3, 0x90, 0xBF};
  if (c >= 0xF1 && c <= 0xF3) return {3, 0x80, 0xBF};
  if (c == 0xF4) return {3, 0x80, 0x8F};
  return {-1, 0, 0};
}

}  // namespace

bool is_utf8(std::string_view text) {
  const auto* at = reinterpret_cast<const unsigned char*>(text.data());
  const auto* const end = at + text.size();
  while (at < end) {
    while (end - at >= 8) {
      std::uint64_t word = 0;
      std::memcpy(&word, at, sizeof word);
      if ((word & 0x8080808080808080ULL) != 0) break;
      at += 8;
    }
    if (at == end) break;
    if (*at < 0x80) {
      ++at;
      continue;
    }
    const Lead lead = lead_of(*at++);
    if (lead.continuation_bytes < 0 || end - at < lead.continuation_bytes) return false;
    if (*at < lead.first_min || *at > lead.first_max) return false;
    for (int i = 1; i < lead.continuation_bytes; ++i) {
      if ((at[i] & 0xC0) != 0x80) return false;
    }
    at += lead.continuation_bytes;
  }
  return true;
}

}  // namespace parlor::socketio
