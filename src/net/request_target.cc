#include "net/request_target.h"

#include "base/utf8.h"
#include "net/text.h"

namespace parlor::net {
namespace {

// "http://host/a" → "/a"; anything else as it is.
std::string_view without_authority(std::string_view text) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!equals_ignoring_case(text.substr(0, scheme.size()), scheme)) continue;
    const auto path = text.find_first_of("/?", scheme.size());
    if (path == std::string_view::npos) return "/";
    return text.substr(path);
  }
  return text;
}

}  // namespace

std::optional<RequestTarget> parse_target(std::string_view text) {
  RequestTarget target;
  if (text == "*") {
    target.path = text;
    target.is_asterisk = true;
    return target;
  }
  text = without_authority(text);
  text = text.substr(0, text.find('#'));
  const auto question = text.find('?');
  if (question != std::string_view::npos) target.raw_query = text.substr(question + 1);
  const auto raw_path = text.substr(0, question);
  if (raw_path.empty()) return std::nullopt;
  if (raw_path.front() != '/') return std::nullopt;

  for (const auto raw : split(raw_path.substr(1), '/')) {
    auto segment = percent_decode(raw);
    if (!segment || segment->find('\0') != std::string::npos || !is_utf8(*segment)) {
      return std::nullopt;
    }
    target.path += '/';
    target.path += *segment;
    target.segments.push_back(*std::move(segment));
  }
  while (!target.segments.empty() && target.segments.back().empty()) target.segments.pop_back();
  return target;
}

}  // namespace parlor::net
