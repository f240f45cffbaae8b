#include "socketio/json_text.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <charconv>

namespace parlor::socketio {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex_digit(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// A recursive descent over the text; its depth is bounded, so the stack is.
class Checker {
 public:
  Checker(std::string_view text, int attachments)
      : at_(text.data()), end_(text.data() + text.size()), attachments_(attachments) {}

  std::optional<JsonFacts> check() {
    JsonFacts facts;
    skip_space();
    if (!value(0, &facts.kind, &facts)) return std::nullopt;
    skip_space();
    if (at_ != end_) return std::nullopt;
    return facts;
  }

 private:
  bool value(int depth, JsonKind* kind, JsonFacts* facts) {
    if (at_ == end_) return false;
    switch (*at_) {
      case '{':
        *kind = JsonKind::object;
        return depth < kMaximumJsonDepth && object(depth + 1);
      case '[':
        *kind = JsonKind::array;
        return depth < kMaximumJsonDepth && array(depth + 1, facts);
      case '"':
        *kind = JsonKind::string;
        return string();
      case 't':
        *kind = JsonKind::other;
        return word("true");
      case 'f':
        *kind = JsonKind::other;
        return word("false");
      case 'n':
        *kind = JsonKind::other;
        return word("null");
      default:
        *kind = JsonKind::number;
        return number();
    }
  }

  // `facts` only for the outermost array.
  bool array(int depth, JsonFacts* facts) {
    ++at_;
    skip_space();
    if (take(']')) return true;
    const char* rest = nullptr;
    for (bool first = true;; first = false) {
      const char* const begin = at_;
      JsonKind kind{};
      if (!value(depth, &kind, nullptr)) return false;
      if (facts && first) {
        facts->is_empty = false;
        facts->first_kind = kind;
        facts->first = {begin, static_cast<std::size_t>(at_ - begin)};
      }
      skip_space();
      const char* const end = at_;
      if (take(']')) {
        if (facts && rest) facts->rest = {rest, static_cast<std::size_t>(end - rest)};
        return true;
      }
      if (!take(',')) return false;
      skip_space();
      if (first) rest = at_;
    }
  }

  bool object(int depth) {
    ++at_;
    skip_space();
    if (take('}')) return true;
    // As in JavaScript, the last of several members with one name counts.
    bool is_placeholder = false;
    bool has_number = false;
    while (true) {
      const char* const key = at_;
      if (at_ == end_ || *at_ != '"' || !string()) return false;
      const std::string_view name{key, static_cast<std::size_t>(at_ - key)};
      skip_space();
      if (!take(':')) return false;
      skip_space();
      const char* const begin = at_;
      JsonKind kind{};
      if (!value(depth, &kind, nullptr)) return false;
      if (attachments_ >= 0) {
        const std::string_view text{begin, static_cast<std::size_t>(at_ - begin)};
        if (is_name(name, "_placeholder")) is_placeholder = text == "true";
        if (is_name(name, "num")) has_number = is_attachment(text);
      }
      skip_space();
      if (take('}')) return !is_placeholder || has_number;
      if (!take(',')) return false;
      skip_space();
    }
  }

  static bool is_name(std::string_view literal, std::string_view name) {
    if (literal.find('\\') == std::string_view::npos) {
      return literal.substr(1, literal.size() - 2) == name;
    }
    return decode_json_string(literal) == name;
  }

  bool is_attachment(std::string_view text) const {
    int number = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && number >= 0 &&
           number < attachments_;
  }

  bool string() {
    ++at_;
    while (at_ != end_) {
      const char c = *at_++;
      if (c == '"') return true;
      if (static_cast<unsigned char>(c) < 0x20) return false;
      if (c == '\\' && !escape()) return false;
    }
    return false;
  }

  bool escape() {
    if (at_ == end_) return false;
    const char c = *at_++;
    if (c != 'u') return std::string_view("\"\\/bfnrt").find(c) != std::string_view::npos;
    if (end_ - at_ < 4) return false;
    for (int i = 0; i < 4; ++i) {
      if (!is_hex_digit(*at_++)) return false;
    }
    return true;
  }

  bool number() {
    take('-');
    if (!take('0') && !digits()) return false;
    if (take('.') && !digits()) return false;
    if (take('e') || take('E')) {
      if (!take('+')) take('-');
      return digits();
    }
    return true;
  }

  bool digits() {
    const char* const begin = at_;
    while (at_ != end_ && is_digit(*at_)) ++at_;
    return at_ != begin;
  }

  bool word(std::string_view expected) {
    if (!std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(expected)) {
      return false;
    }
    at_ += expected.size();
    return true;
  }

  bool take(char c) {
    if (at_ == end_ || *at_ != c) return false;
    ++at_;
    return true;
  }

  void skip_space() {
    while (at_ != end_ && is_space(*at_)) ++at_;
  }

  const char* at_;
  const char* const end_;
  const int attachments_;
};

// The length of the first element of a checked list.
std::size_t element_size(std::string_view list) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const char c = list[i];
    if (in_string) {
      if (c == '\\') {
        ++i;
      } else if (c == '"') {
        in_string = false;
      }
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      ++depth;
    } else if (c == ']' || c == '}') {
      --depth;
    } else if (c == ',' && depth == 0) {
      return i;
    }
  }
  return list.size();
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace

std::optional<JsonFacts> check_json(std::string_view text, int attachments) {
  return Checker(text, attachments).check();
}

std::size_t count_elements(std::string_view list) {
  if (trimmed(list).empty()) return 0;
  std::size_t count = 1;
  for (auto size = element_size(list); size < list.size(); size = element_size(list)) {
    list.remove_prefix(size + 1);
    ++count;
  }
  return count;
}

std::string_view element_of(std::string_view list, std::size_t index) {
  for (; index > 0; --index) {
    const auto size = element_size(list);
    if (size == list.size()) return {};
    list.remove_prefix(size + 1);
  }
  return trimmed(list.substr(0, element_size(list)));
}

void append_json_string(std::string& to, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  to += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      to += '\\';
      to += c;
    } else if (byte < 0x20) {
      to += "\\u00";
      to += kHex[byte >> 4];
      to += kHex[byte & 15];
    } else {
      to += c;
    }
  }
  to += '"';
}

std::optional<std::string> decode_json_string(std::string_view literal) {
  if (literal.size() >= 2 && literal.find('\\') == std::string_view::npos) {
    return std::string(literal.substr(1, literal.size() - 2));
  }
  boost::system::error_code error;
  const auto value = boost::json::parse(literal, error);
  if (error || !value.is_string()) return std::nullopt;
  return std::string(value.get_string());
}

}  // namespace parlor::socketio
