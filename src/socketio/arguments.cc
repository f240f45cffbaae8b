#include "socketio/arguments.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <cmath>

#include "socketio/json_text.h"

namespace parlor::socketio {

std::size_t ArgumentsView::size() const { return count_elements(json_); }

std::string_view ArgumentsView::raw(std::size_t index) const { return element_of(json_, index); }

Result<boost::json::value> ArgumentsView::json(std::size_t index) const {
  const auto text = raw(index);
  if (text.empty()) {
    return fail(ErrorCode::invalid, "argument " + std::to_string(index + 1) + " is missing");
  }
  boost::system::error_code error;
  auto value = boost::json::parse(text, error);
  if (error) {
    return fail(ErrorCode::invalid,
                "argument " + std::to_string(index + 1) + " cannot be read: " + error.message());
  }
  return value;
}

Result<std::string_view> ArgumentsView::binary(std::size_t index) const {
  const auto value = json(index);
  if (!value) return value.failure();
  const auto* const object = value->if_object();
  const auto* const flag = object ? object->if_contains("_placeholder") : nullptr;
  const auto* const number = flag ? object->if_contains("num") : nullptr;
  if (!number || *flag != boost::json::value(true) || !number->is_int64() ||
      number->get_int64() < 0 ||
      static_cast<std::size_t>(number->get_int64()) >= attachments_.size()) {
    return fail(ErrorCode::invalid, "argument " + std::to_string(index + 1) + " is not binary");
  }
  return attachments_[static_cast<std::size_t>(number->get_int64())]->bytes();
}

Arguments& Arguments::add_json(std::string_view text) {
  if (!json_.empty()) json_ += ',';
  json_ += text;
  return *this;
}

Arguments& Arguments::add_binary(std::string bytes) {
  add_json(R"({"_placeholder":true,"num":)" + std::to_string(attachments_.size()) + "}");
  attachments_.push_back(make_binary(std::move(bytes)));
  return *this;
}

Arguments& Arguments::add(const boost::json::value& value) {
  return add_json(boost::json::serialize(value));
}

Arguments& Arguments::add(const boost::json::object& value) {
  return add_json(boost::json::serialize(value));
}

Arguments& Arguments::add(const boost::json::array& value) {
  return add_json(boost::json::serialize(value));
}

Arguments& Arguments::add(std::string_view text) {
  std::string literal;
  append_json_string(literal, text);
  return add_json(literal);
}

Arguments& Arguments::add(double number) {
  if (!std::isfinite(number)) return add_json("null");  // as JSON.stringify does
  return add(boost::json::value(number));
}

}  // namespace parlor::socketio
