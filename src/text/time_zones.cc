#include "text/time_zones.h"

#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

namespace parlor::text {
namespace {

// ICU also reads "GMT+5" and the like; those are no places.
bool is_plain(std::string_view name) {
  return !name.empty() && name.size() <= kMaxZoneBytes &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '/' || c == '_' || c == '-' || c == '+';
         });
}

icu::UnicodeString to_unicode(std::string_view name) {
  return icu::UnicodeString::fromUTF8({name.data(), static_cast<int32_t>(name.size())});
}

}  // namespace

bool is_time_zone(std::string_view name) {
  if (!is_plain(name)) return false;
  UErrorCode status = U_ZERO_ERROR;
  UBool is_known = false;
  icu::UnicodeString canonical;
  icu::TimeZone::getCanonicalID(to_unicode(name), canonical, is_known, status);
  return U_SUCCESS(status) && is_known && canonical != UNICODE_STRING_SIMPLE("Etc/Unknown");
}

std::int64_t zone_offset_ms(std::string_view name, std::int64_t utc_ms) {
  if (!is_time_zone(name)) return 0;
  const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(to_unicode(name)));
  UErrorCode status = U_ZERO_ERROR;
  int32_t standard_ms = 0;
  int32_t summer_ms = 0;
  zone->getOffset(static_cast<UDate>(utc_ms), false, standard_ms, summer_ms, status);
  return U_SUCCESS(status) ? std::int64_t{standard_ms} + summer_ms : 0;
}

}  // namespace parlor::text
