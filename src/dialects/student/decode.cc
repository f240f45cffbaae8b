#include "dialects/student/decode.h"

#include <algorithm>
#include <charconv>

#include "chat/dates.h"
#include "dialects/common/decode.h"

namespace parlor::dialects::student {

namespace {

Failure invalid_chat_id() { return fail(ErrorCode::invalid, "Invalid chat id"); }

// Takes `count` digits off the text's beginning; nothing when they are none.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
  int value = 0;
  if (text.size() < count) return std::nullopt;
  for (std::size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool take(std::string_view& text, char wanted) {
  if (text.empty() || text.front() != wanted) return false;
  text.remove_prefix(1);
  return true;
}

// ".123456": the first three digits count.
std::int64_t take_fraction(std::string_view& text) {
  if (!take(text, '.')) return 0;
  std::int64_t ms = 0;
  int scale = 100;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    ms += (text.front() - '0') * scale;
    scale /= 10;
    text.remove_prefix(1);
  }
  return ms;
}

// "Z", "+02:00"; nothing means UTC too.
std::optional<std::int64_t> take_zone_ms(std::string_view& text) {
  if (text.empty() || text == "Z" || text == "z") return 0;
  const int sign = text.front() == '-' ? -1 : 1;
  // A plus sign of a query that nobody has escaped is a space.
  if (!take(text, '+') && !take(text, '-') && !take(text, ' ')) return std::nullopt;
  const auto hours = take_digits(text, 2);
  take(text, ':');
  const auto minutes = take_digits(text, 2);
  if (!hours || !minutes || !text.empty()) return std::nullopt;
  return sign * (*hours * 60LL + *minutes) * 60'000;
}

std::optional<Timestamp> parse_iso8601(std::string_view text) {
  constexpr std::size_t kDate = 10;
  const auto day = chat::parse_date(text.substr(0, kDate));
  if (!day) return std::nullopt;
  text.remove_prefix(kDate);
  Timestamp at{*day * chat::kDayMs};
  if (text.empty()) return at;
  if (!take(text, 'T') && !take(text, ' ')) return std::nullopt;
  const auto hour = take_digits(text, 2);
  if (!hour || !take(text, ':')) return std::nullopt;
  const auto minute = take_digits(text, 2);
  if (!minute || *hour > 23 || *minute > 59) return std::nullopt;
  int second = 0;
  if (take(text, ':')) {
    const auto read = take_digits(text, 2);
    if (!read || *read > 60) return std::nullopt;
    second = *read;
  }
  at.ms += ((*hour * 60LL + *minute) * 60 + second) * 1000 + take_fraction(text);
  const auto zone = take_zone_ms(text);
  if (!zone) return std::nullopt;
  return at + -*zone;
}

}  // namespace

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t value = 0;
  const auto* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value);
  if (text.empty() || parsed.ec != std::errc() || parsed.ptr != end) return std::nullopt;
  if (value < 0 || value >= kIdEnd) return std::nullopt;
  return value;
}

Result<RoomId> chat_id_of(std::string_view text) {
  if (const auto id = id_of<RoomId>(text)) return *id;
  return invalid_chat_id();
}

Result<RoomId> chat_id_of(const boost::json::value& value) {
  if (value.is_string()) return chat_id_of(std::string_view(value.get_string()));
  if (value.is_int64() && value.get_int64() >= 0 && value.get_int64() < kIdEnd) {
    return RoomId{value.get_int64()};
  }
  return invalid_chat_id();
}

Result<std::optional<RoomId>> optional_chat_id(const boost::json::object& object) {
  const auto* value = object.if_contains("chat_id");
  if (!value || value->is_null()) return std::optional<RoomId>();
  const auto id = chat_id_of(*value);
  if (!id) return id.failure();
  return std::optional<RoomId>(*id);
}

Result<int> number_in(const net::HttpRequest& request, std::string_view name, int usual, int least,
                      int most) {
  const auto number = integer_of(request.query().get(name), name);
  if (!number) return number.failure();
  const int value = number->value_or(usual);
  if (value < least) {
    return fail(ErrorCode::invalid,
                std::string(name) + " must be at least " + std::to_string(least));
  }
  return std::min(value, most);
}

Result<chat::PageMark> mark_of(std::string_view text, std::string_view name) {
  if (const auto id = id_of<MessageId>(text)) return chat::PageMark{*id, {}};
  if (const auto time = parse_iso8601(text)) return chat::PageMark{{}, *time};
  return fail(ErrorCode::invalid, std::string(name) + " must be an ISO time or a message id");
}

std::string client_id_of(const net::HttpRequest& request, JsonFields& body) {
  return dialects::client_id_of(request, body, nullptr);
}

std::function<Result<chat::TryBot>(const net::HttpRequest&)> read_trial(
    const chat::Responder* responder) {
  return [responder](const net::HttpRequest& request) -> Result<chat::TryBot> {
    auto object = parse_json_object(request.body);
    if (!object) return object.failure();
    JsonFields body(*object);
    chat::TryBot input;
    input.bot.responder = responder;
    input.text = body.required_string("text");
    if (body.complaint()) return body.failure();
    return input;
  };
}

}  // namespace parlor::dialects::student
