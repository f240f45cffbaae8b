#include "bot/located_json.h"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <optional>

namespace parlor::bot {
namespace {

namespace json = boost::json;

// Builds the tree from the parser's events. The text is handed to the parser line by line, so the
// line that is being read is that of the event.
class TreeBuilder {
 public:
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  using Error = json::error_code;

  std::size_t line = 1;
  std::string complaint;
  LocatedJson root;

  bool on_document_begin(Error&) { return true; }
  bool on_document_end(Error&) { return true; }
  bool on_object_begin(Error&) { return open(LocatedJson::Members{}); }
  bool on_object_end(std::size_t, Error&) { return close(); }
  bool on_array_begin(Error&) { return open(LocatedJson::Items{}); }
  bool on_array_end(std::size_t, Error&) { return close(); }
  bool on_key_part(json::string_view part, std::size_t, Error&) { return append(part); }
  bool on_key(json::string_view part, std::size_t, Error& error) {
    append(part);
    const auto& members = open_.back()->members();
    const bool twice = std::any_of(members.begin(), members.end(),
                                   [&](const auto& member) { return member.first == text_; });
    if (twice) {
      complaint = "\"" + text_ + "\" stands twice in the same object";
      error = json::error::syntax;
      return false;
    }
    key_ = std::exchange(text_, {});
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, Error&) { return append(part); }
  bool on_string(json::string_view part, std::size_t, Error&) {
    append(part);
    return add(std::exchange(text_, {}));
  }
  bool on_number_part(json::string_view, Error&) { return true; }
  bool on_int64(std::int64_t value, json::string_view, Error&) {
    return add(static_cast<double>(value));
  }
  bool on_uint64(std::uint64_t value, json::string_view, Error&) {
    return add(static_cast<double>(value));
  }
  bool on_double(double value, json::string_view, Error&) { return add(value); }
  bool on_bool(bool value, Error&) { return add(value); }
  bool on_null(Error&) { return add(nullptr); }
  bool on_comment_part(json::string_view, Error&) { return true; }
  bool on_comment(json::string_view, Error&) { return true; }

 private:
  bool append(json::string_view part) {
    text_.append(part.data(), part.size());
    return true;
  }

  template <class Value>
  LocatedJson& place(Value value) {
    LocatedJson node{line, std::move(value)};
    if (open_.empty()) return root = std::move(node);
    if (auto* items = std::get_if<LocatedJson::Items>(&open_.back()->value))
      return items->emplace_back(std::move(node));
    auto& members = std::get<LocatedJson::Members>(open_.back()->value);
    return members.emplace_back(std::move(key_), std::move(node)).second;
  }
  template <class Value>
  bool add(Value value) {
    place(std::move(value));
    return true;
  }
  // An open node's siblings are complete, so nothing moves it before it is closed.
  template <class Value>
  bool open(Value value) {
    open_.push_back(&place(std::move(value)));
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }

  std::vector<LocatedJson*> open_;
  std::string key_;
  std::string text_;
};

}  // namespace

Result<LocatedJson> LocatedJson::parse(std::string_view text) {
  json::parse_options options;
  options.max_depth = kMaxDepth;
  json::basic_parser<TreeBuilder> parser(options);
  auto& builder = parser.handler();
  json::error_code error;
  while (!text.empty() && !error) {
    const auto end = text.find('\n');
    const auto size = end == std::string_view::npos ? text.size() : end + 1;
    const auto read = parser.write_some(true, text.data(), size, error);
    const auto after = text.substr(read, size - read).find_first_not_of(" \t\r\n");
    if (!error && after != std::string_view::npos) error = json::error::extra_data;
    if (error) break;
    text.remove_prefix(size);
    if (end != std::string_view::npos) ++builder.line;
  }
  if (!error && !parser.done()) parser.write_some(false, nullptr, 0, error);
  if (error) {
    const auto reason = builder.complaint.empty() ? error.message() : builder.complaint;
    return fail(ErrorCode::invalid,
                "line " + std::to_string(builder.line) + ": not valid JSON: " + reason);
  }
  return std::move(builder.root);
}

const LocatedJson* LocatedJson::find(std::string_view name) const {
  const auto* members = std::get_if<Members>(&value);
  if (!members) return nullptr;
  const auto found = std::find_if(members->begin(), members->end(),
                                  [&](const auto& member) { return member.first == name; });
  return found == members->end() ? nullptr : &found->second;
}

}  // namespace parlor::bot
