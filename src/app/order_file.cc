#include "app/order_file.h"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value_to.hpp>
#include <filesystem>
#include <system_error>

namespace parlor::app {

namespace json = boost::json;

namespace {

constexpr int kEnd = -1;
constexpr std::string_view kBreaksOff = "it breaks off";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kSpace = " \t\r\n";

bool is_space(int c) { return c != kEnd && kSpace.find(static_cast<char>(c)) != kSpace.npos; }

// What is larger than may be kept is known by its size, and no longer whole.
void add(std::string& value, int c) {
  if (value.size() <= OrderFile::kMaxRoomBytes) value += static_cast<char>(c);
}

}  // namespace

OrderFile::OrderFile(const std::string& path) : path_(path), file_(path, std::ios::binary) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (!error) size_ = size;
}

Result<std::optional<RoomRecord>> OrderFile::next() {
  if (state_ == State::begin) {
    if (auto begun = begin(); !begun) return begun.failure();
  }
  while (state_ != State::end) {
    if (state_ == State::fields) {
      if (auto found = find_rooms(); !found) return found.failure();
      continue;
    }
    const auto more = at_next_element();
    if (!more) return more.failure();
    if (!*more) {
      is_first_ = false;
      state_ = is_in_object_ ? State::fields : State::end;
      continue;
    }
    RoomRecord record;
    record.place = place();
    record.line = line_;
    is_in_room_ = true;
    auto text = take_value();
    if (!text) return text.failure();
    is_in_room_ = false;
    record.text = std::move(*text);
    ++index_;
    return std::optional(std::move(record));
  }
  if (auto finished = finish(); !finished) return finished.failure();
  return std::optional<RoomRecord>();
}

Result<Ok> OrderFile::begin() {
  if (!file_.is_open()) return fail(ErrorCode::not_found, "cannot read " + path_);
  for (const char c : kByteOrderMark) {
    if (peek() != static_cast<unsigned char>(c)) break;
    get();
  }
  const int mark = peek_mark();
  if (mark == kEnd) return broken("it is empty");
  if (mark != '{' && mark != '[') return finish();
  get();
  is_in_object_ = mark == '{';
  has_rooms_ = !is_in_object_;
  state_ = is_in_object_ ? State::fields : State::rooms;
  return Ok();
}

// Reads fields until the rooms come, or the object's end.
Result<Ok> OrderFile::find_rooms() {
  if (skip_mark('}')) {
    state_ = State::end;
    return Ok();
  }
  if (!is_first_ && !skip_mark(',')) return broken("a comma or } is missing");
  is_first_ = false;
  if (peek_mark() != '"') return broken("a field's name is missing");
  const auto name = take_value();
  if (!name) return name.failure();
  if (!skip_mark(':')) return broken("a colon is missing");
  if (*name == R"("roomData")" && skip_mark('[')) {
    has_rooms_ = is_first_ = true;
    state_ = State::rooms;
    return Ok();
  }
  const auto value = take_value();
  if (!value) return value.failure();
  boost::system::error_code error;
  json::parse(*value, error);
  if (error) return broken(error.message());
  return Ok();
}

Result<Ok> OrderFile::finish() {
  if (!has_rooms_) {
    return fail(ErrorCode::invalid, path_ + ": must be {\"roomData\":[…]} or an array of rooms");
  }
  if (peek_mark() != kEnd) return broken("something stands behind its end");
  return Ok();
}

// False at the end of the array, which it takes.
Result<bool> OrderFile::at_next_element() {
  if (skip_mark(']')) return false;
  if (!is_first_ && !skip_mark(',')) return broken("a comma or ] is missing");
  is_first_ = false;
  peek_mark();
  return true;
}

// One value from here to its end. Of a room that is too large, nothing.
Result<std::string> OrderFile::take_value() {
  std::string value;
  const int mark = peek_mark();
  if (mark == '{' || mark == '[') {
    if (auto taken = take_nested(value); !taken) return taken.failure();
  } else if (mark == '"') {
    if (auto taken = take_string(value); !taken) return taken.failure();
  } else {
    take_word(value);
    if (value.empty()) return broken("a value is missing");
  }
  if (value.size() > kMaxRoomBytes) return std::string();
  return value;
}

Result<Ok> OrderFile::take_nested(std::string& value) {
  constexpr std::size_t kMaxDepth = 64;  // what is deeper, the record's reader refuses
  std::string open;
  do {
    const int c = peek();
    if (c == '"') {
      if (auto taken = take_string(value); !taken) return taken;
      continue;
    }
    if (c == kEnd) return broken(kBreaksOff);
    if (c == '{' || c == '[') {
      if (open.size() >= kMaxDepth) return broken("it is nested too deep");
      open += c == '{' ? '}' : ']';
    } else if (c == '}' || c == ']') {
      if (c != open.back()) return broken("a bracket is closed that is not open");
      open.pop_back();
    }
    add(value, get());
  } while (!open.empty());
  return Ok();
}

Result<Ok> OrderFile::take_string(std::string& value) {
  add(value, get());
  while (true) {
    const int c = get();
    if (c == kEnd) return broken(kBreaksOff);
    add(value, c);
    if (c == '"') return Ok();
    if (c != '\\') continue;
    if (peek() == kEnd) return broken(kBreaksOff);
    add(value, get());
  }
}

void OrderFile::take_word(std::string& value) {
  constexpr std::string_view kBehind = ",:]}[{\"";
  for (int c = peek(); c != kEnd && !is_space(c); c = peek()) {
    if (kBehind.find(static_cast<char>(c)) != kBehind.npos) return;
    add(value, get());
  }
}

int OrderFile::peek() {
  if (at_ == buffer_.size()) {
    if (!file_) return kEnd;
    buffer_.resize(kReadBytes);
    file_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    buffer_.resize(static_cast<std::size_t>(file_.gcount()));
    read_ += buffer_.size();
    at_ = 0;
    if (buffer_.empty()) return kEnd;
  }
  return static_cast<unsigned char>(buffer_[at_]);
}

int OrderFile::get() {
  const int c = peek();
  if (c == kEnd) return kEnd;
  ++at_;
  if (c == '\n') ++line_;
  return c;
}

int OrderFile::peek_mark() {
  while (is_space(peek())) get();
  return peek();
}

bool OrderFile::skip_mark(char mark) {
  if (peek_mark() != mark) return false;
  get();
  return true;
}

Failure OrderFile::broken(std::string_view why) {
  state_ = State::end;
  std::string message = path_ + ", line " + std::to_string(line_) + ": not valid JSON: ";
  message += peek() == kEnd && read_ > 0 ? kBreaksOff : why;
  if (is_in_room_) message += ", in " + place();
  return fail(ErrorCode::invalid, std::move(message));
}

std::string OrderFile::place() const {
  return (is_in_object_ ? "roomData[" : "[") + std::to_string(index_) + "]";
}

}  // namespace parlor::app
