#include "dialects/admin/hours_json.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <utility>

namespace parlor::dialects::admin {

namespace json = boost::json;

namespace {

using Day = std::optional<chat::DailyHours>;

json::value day_json(const Day& day) {
  if (!day) return nullptr;
  return json::array{chat::spell_time_of_day(day->from_minute),
                     chat::spell_time_of_day(day->to_minute)};
}

std::optional<int> time_of(const json::value& value) {
  if (!value.is_string()) return std::nullopt;
  return chat::parse_time_of_day(std::string_view(value.get_string()));
}

// Nothing in the result is a day that stays closed.
Result<Day> decode_day(const json::value& value) {
  const auto* times = value.if_array();
  if (value.is_null() || (times && times->empty())) return Day();
  const auto malformed = [] {
    return fail(ErrorCode::invalid,
                "hours.week must be seven days, Monday first, each [\"09:00\",\"17:00\"] or null");
  };
  if (!times || times->size() != 2) return malformed();
  const auto from = time_of((*times)[0]);
  const auto to = time_of((*times)[1]);
  if (!from || !to) return malformed();
  return Day(chat::DailyHours{*from, *to});
}

}  // namespace

json::value hours_json(const std::optional<chat::OpeningHours>& hours) {
  if (!hours) return nullptr;
  json::array week;
  for (const auto& day : hours->week) week.push_back(day_json(day));
  return json::object{{"timezone", hours->timezone},
                      {"week", std::move(week)},
                      {"holidays", json::array(hours->holidays.begin(), hours->holidays.end())}};
}

Result<chat::OpeningHours> decode_hours(const json::object& object) {
  JsonFields fields(object, "hours");
  chat::OpeningHours hours;
  fields.allow_only({"timezone", "week", "holidays"});
  hours.timezone = fields.required_string("timezone");
  const auto* week = fields.optional_array("week");
  if (!week || week->size() != hours.week.size()) {
    fields.complain("week", "must be seven days, Monday first");
  }
  hours.holidays = fields.optional_strings("holidays").value_or(std::vector<std::string>());
  if (fields.complaint()) return fields.failure();
  for (std::size_t i = 0; i < hours.week.size(); ++i) {
    const auto day = decode_day((*week)[i]);
    if (!day) return day.failure();
    hours.week[i] = *day;
  }
  return hours;
}

}  // namespace parlor::dialects::admin
