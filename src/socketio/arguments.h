// The arguments of an event or of an acknowledgement: JSON values, kept as text, and binary
// attachments.
//
//   Arguments args;                            Arguments args = of("hello", 3, json_value);
//   args.add_json(R"({"id":17})").add("hi").add_binary(bytes);
//
// JSON text that came from a client has been checked; text given to add_json() is the caller's to
// vouch for.
#pragma once

#include <boost/json/fwd.hpp>
#include <concepts>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "socketio/message.h"

namespace parlor::socketio {

// Arguments that somebody else owns; valid as long as those are.
class ArgumentsView {
 public:
  ArgumentsView() = default;
  ArgumentsView(std::string_view json, std::span<const MessagePtr> attachments)
      : json_(json), attachments_(attachments) {}

  std::size_t size() const;
  bool empty() const { return json_.empty(); }
  // The JSON text of one argument; empty when there is no such argument.
  std::string_view raw(std::size_t index) const;
  // One argument parsed. Fails (invalid) when there is none, or when it has a string that is no
  // valid Unicode.
  Result<boost::json::value> json(std::size_t index) const;
  // The bytes of an argument that is itself binary; fails (invalid) when it is not.
  Result<std::string_view> binary(std::size_t index) const;

  // All of them, with commas between: 1,"two",{"three":3}. A binary value is a placeholder
  // {"_placeholder":true,"num":0} for the attachment of that number.
  std::string_view json_text() const { return json_; }
  std::span<const MessagePtr> attachments() const { return attachments_; }

 private:
  std::string_view json_;
  std::span<const MessagePtr> attachments_;
};

class Arguments {
 public:
  Arguments() = default;
  explicit Arguments(ArgumentsView other)
      : json_(other.json_text()),
        attachments_(other.attachments().begin(), other.attachments().end()) {}

  template <class... Values>
  static Arguments of(Values&&... values) {
    Arguments arguments;
    (arguments.add(values), ...);
    return arguments;
  }

  Arguments& add_json(std::string_view text);
  Arguments& add_binary(std::string bytes);
  Arguments& add(const boost::json::value& value);
  Arguments& add(const boost::json::object& value);
  Arguments& add(const boost::json::array& value);
  Arguments& add(std::string_view text);
  Arguments& add(const std::string& text) { return add(std::string_view(text)); }
  Arguments& add(const char* text) { return add(std::string_view(text)); }
  Arguments& add(std::nullptr_t) { return add_json("null"); }
  Arguments& add(double number);
  template <std::same_as<bool> Bool>
  Arguments& add(Bool value) {
    return add_json(value ? "true" : "false");
  }
  template <std::integral Integer>
  requires(!std::same_as<Integer, bool>) Arguments& add(Integer value) {
    return add_json(std::to_string(value));
  }

  ArgumentsView view() const { return {json_, attachments_}; }
  operator ArgumentsView() const { return view(); }  // NOLINT: that is what it is for
  std::size_t size() const { return view().size(); }

 private:
  std::string json_;
  std::vector<MessagePtr> attachments_;
};

}  // namespace parlor::socketio
