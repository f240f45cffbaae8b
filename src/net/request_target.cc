#include "net/request_target.h"

#include <algorithm>

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

std::string_view raw_path_of(std::string_view text) {
  return text.substr(0, std::min(text.find('?'), text.find('#')));
}

std::optional<std::string> decode_segment(std::string_view raw) {
  auto segment = percent_decode(raw);
  if (!segment || segment->find('\0') != std::string::npos || !is_utf8(*segment)) {
    return std::nullopt;
  }
  return segment;
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
  const auto raw_path = raw_path_of(text);
  if (raw_path.empty()) return std::nullopt;
  if (raw_path.front() != '/') return std::nullopt;

  for (const auto raw : split(raw_path.substr(1), '/')) {
    auto segment = decode_segment(raw);
    if (!segment) return std::nullopt;
    target.path += '/';
    target.path += *segment;
    target.segments.push_back(*std::move(segment));
  }
  while (!target.segments.empty() && target.segments.back().empty()) target.segments.pop_back();
  return target;
}

std::string readable_path(std::string_view text) {
  std::string path;
  const auto raw_path = raw_path_of(without_authority(text));
  if (!raw_path.starts_with('/')) return path;
  for (const auto raw : split(raw_path.substr(1), '/')) {
    path += '/';
    const auto segment = decode_segment(raw);
    if (!segment) break;
    path += *segment;
  }
  return path;
}

}  // namespace parlor::net
