// The rooms of a file that is to be imported, one after another, whatever its size:
// {"roomData":[…]} or the array alone.
//
// A record is found by its brackets, so that one that is no good does not end the file; of what is
// behind a mistake of the brackets, and behind a file's end in the middle, nothing can be known.
// What a record says is read by its owner. Holds one record, of kMaxRoomBytes at most, and
// kReadBytes of the file. Not thread-safe.
#pragma once

#include <cstdint>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace parlor::app {

struct RoomRecord {
  std::string text;   // JSON, or nearly; empty when it is too large
  std::string place;  // "roomData[3]"
  std::int64_t line = 0;
};

class OrderFile {
 public:
  static constexpr std::size_t kMaxRoomBytes = 32 * 1024 * 1024;
  static constexpr std::size_t kReadBytes = 256 * 1024;

  explicit OrderFile(const std::string& path);

  // Nothing behind the last one. invalid: the file holds no rooms, is no JSON or breaks off; says
  // on which line and in which room.
  Result<std::optional<RoomRecord>> next();

  std::uint64_t bytes_read() const { return read_; }
  std::uint64_t size() const { return size_; }  // 0 = not known

 private:
  enum class State { begin, fields, rooms, end };

  Result<Ok> begin();
  Result<Ok> find_rooms();
  Result<Ok> finish();
  Result<bool> at_next_element();
  Result<std::string> take_value();
  Result<Ok> take_nested(std::string& value);
  Result<Ok> take_string(std::string& value);
  void take_word(std::string& value);

  int peek();
  int get();
  int peek_mark();  // behind white space
  bool skip_mark(char mark);
  Failure broken(std::string_view why);
  std::string place() const;

  std::string path_;
  std::ifstream file_;
  std::uint64_t size_ = 0;
  std::uint64_t read_ = 0;
  std::string buffer_;
  std::size_t at_ = 0;
  std::int64_t line_ = 1;
  State state_ = State::begin;
  bool is_in_object_ = false;  // the array of rooms stands in "roomData"
  bool has_rooms_ = false;
  bool is_first_ = true;  // of the elements, or fields
  bool is_in_room_ = false;
  std::int64_t index_ = 0;  // of the next room
};

}  // namespace parlor::app
