#include "base/clock.h"

#include <algorithm>
#include <chrono>

namespace parlor {
namespace {

void put_digits(char* to, int value, int count) {
  for (int i = count - 1; i >= 0; --i) {
    to[i] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
}

}  // namespace

std::string to_iso8601(Timestamp at) {
  using namespace std::chrono;
  constexpr std::int64_t kYear0Ms = -62167219200000;
  constexpr std::int64_t kYear9999Ms = 253402300799999;
  const milliseconds since_epoch(std::clamp(at.ms, kYear0Ms, kYear9999Ms));
  const auto day = floor<days>(since_epoch);
  const year_month_day date{sys_days(day)};
  const auto ms_of_day = static_cast<int>((since_epoch - day).count());

  std::string text = "0000-00-00T00:00:00.000Z";
  put_digits(&text[0], static_cast<int>(date.year()), 4);
  put_digits(&text[5], static_cast<int>(static_cast<unsigned>(date.month())), 2);
  put_digits(&text[8], static_cast<int>(static_cast<unsigned>(date.day())), 2);
  put_digits(&text[11], ms_of_day / 3600000, 2);
  put_digits(&text[14], ms_of_day / 60000 % 60, 2);
  put_digits(&text[17], ms_of_day / 1000 % 60, 2);
  put_digits(&text[20], ms_of_day % 1000, 3);
  return text;
}

Timestamp SystemClock::now() const {
  using namespace std::chrono;
  return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
}

}  // namespace parlor
