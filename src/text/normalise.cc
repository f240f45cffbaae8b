#include "text/normalise.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <stdexcept>

namespace parlor::text {
namespace {

constexpr UChar32 kDropped = -1;
constexpr UChar32 kThumbsUp = 0x1F44D;
constexpr UChar32 kThumbsDown = 0x1F44E;

const icu::Normalizer2& nfkc_case_folding() {
  static const icu::Normalizer2* const instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    const auto* found = icu::Normalizer2::getNFKCCasefoldInstance(status);
    if (U_FAILURE(status)) throw std::runtime_error("ICU has no data for NFKC_Casefold");
    return found;
  }();
  return *instance;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string compose_and_fold(std::string_view utf8) {
  std::string folded;
  if (is_ascii(utf8)) {
    folded.assign(utf8);
    for (char& c : folded)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return folded;
  }
  folded.reserve(utf8.size());
  icu::StringByteSink<std::string> sink(&folded);
  UErrorCode status = U_ZERO_ERROR;
  const icu::StringPiece piece(utf8.data(), static_cast<int32_t>(utf8.size()));
  nfkc_case_folding().normalizeUTF8(0, piece, sink, nullptr, status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU could not normalise a text");
  return folded;
}

bool is_haraka_or_tatweel(UChar32 c) {
  return (c >= 0x064B && c <= 0x065F) || (c >= 0x0610 && c <= 0x061A) || c == 0x0670 ||
         (c >= 0x06D6 && c <= 0x06DC) || (c >= 0x06DF && c <= 0x06E4) || c == 0x06E7 ||
         c == 0x06E8 || (c >= 0x06EA && c <= 0x06ED) || c == 0x0640;
}

UChar32 map_arabic(UChar32 c) {
  switch (c) {
    case 0x0622:  // آ
    case 0x0623:  // أ
    case 0x0625:  // إ
    case 0x0671:  // ٱ
      return 0x0627;
    case 0x0629:  // ة
      return 0x0647;
    case 0x0649:  // ى
    case 0x06CC:  // ی
      return 0x064A;
    case 0x06A9:  // ک
      return 0x0643;
    default:
      return is_haraka_or_tatweel(c) ? kDropped : c;
  }
}

// An emoji becomes a space, so that the words around it stay apart.
UChar32 map_other(UChar32 c) {
  if (c == kThumbsUp || c == kThumbsDown) return c;
  const auto digit = u_charDigitValue(c);
  if (digit >= 0) return '0' + digit;
  return u_hasBinaryProperty(c, UCHAR_EMOJI) ? ' ' : c;
}

UChar32 map_character(UChar32 c) {
  if (c < 0x80) return c;
  if (c >= 0x0600 && c <= 0x06FF) c = map_arabic(c);
  return c < 0x80 ? c : map_other(c);
}

void append(std::string& to, UChar32 c) {
  char bytes[U8_MAX_LENGTH];
  int32_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, c);
  to.append(bytes, static_cast<std::size_t>(length));
}

}  // namespace

std::string normalise(std::string_view utf8) {
  constexpr std::size_t kIcuLimit = std::size_t{1} << 30;
  const std::string folded = compose_and_fold(utf8.substr(0, kIcuLimit));
  std::string out;
  out.reserve(folded.size());
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(folded.data());
  const auto length = static_cast<int32_t>(folded.size());
  UChar32 last = kDropped;
  int times = 0;
  for (int32_t at = 0; at < length;) {
    UChar32 c;
    U8_NEXT_OR_FFFD(bytes, at, length, c);
    c = map_character(c);
    if (c == kDropped) continue;
    times = c == last ? times + 1 : 1;
    last = c;
    if (times > 2 && u_isalpha(c)) continue;
    append(out, c);
  }
  return out;
}

}  // namespace parlor::text
