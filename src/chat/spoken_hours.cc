#include "chat/spoken_hours.h"

#include <array>

namespace parlor::chat {

namespace {

using DayNames = std::array<std::string_view, 7>;

// A week begins on Monday, as OpeningHours has it.
constexpr DayNames kEnglish = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr DayNames kArabic = {"الاثنين", "الثلاثاء", "الأربعاء", "الخميس",
                              "الجمعة",  "السبت",    "الأحد"};

}  // namespace

std::string speak_hours(const OpeningHours& hours, std::string_view language) {
  const bool is_arabic = language == "ar";
  const DayNames& names = is_arabic ? kArabic : kEnglish;
  std::string text;
  for (std::size_t first = 0; first < names.size();) {
    std::size_t last = first;
    while (last + 1 < names.size() && hours.week[last + 1] == hours.week[first]) ++last;
    if (const auto& day = hours.week[first]) {
      if (!text.empty()) text += is_arabic ? "، " : ", ";
      text += names[first];
      if (last > first) text.append("–").append(names[last]);
      text.append(" ").append(spell_time_of_day(day->from_minute));
      text.append("–").append(spell_time_of_day(day->to_minute));
    }
    first = last + 1;
  }
  if (text.empty()) return text;
  return text + " (" + hours.timezone + ")";
}

}  // namespace parlor::chat
