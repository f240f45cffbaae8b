#include "net/router.h"

#include <algorithm>
#include <array>
#include <map>
#include <stdexcept>

#include "net/text.h"

namespace parlor::net {
namespace {

constexpr std::array kMethods = {Method::get,   Method::head, Method::post,   Method::put,
                                 Method::patch, Method::del,  Method::options};

std::vector<std::string> segments_of(std::string_view path) {
  if (path.empty() || path.front() != '/') {
    throw std::logic_error("a route's path begins with a slash: " + std::string(path));
  }
  std::vector<std::string> segments;
  for (const auto segment : split(path.substr(1), '/')) segments.emplace_back(segment);
  while (!segments.empty() && segments.back().empty()) segments.pop_back();
  return segments;
}

bool is_prefix(const std::vector<std::string>& prefix, const std::vector<std::string>& path) {
  return prefix.size() <= path.size() && std::equal(prefix.begin(), prefix.end(), path.begin());
}

}  // namespace

struct Router::Node {
  // The names of a pattern's parameters belong to its route: two patterns may name one place
  // differently.
  struct Target {
    Route route;
    std::vector<std::string> names;
  };
  std::map<std::string, std::unique_ptr<Node>, std::less<>> texts;
  std::unique_ptr<Node> any;
  std::map<Method, Target> targets;

  bool answers(Method method) const {
    return targets.contains(method) || (method == Method::head && targets.contains(Method::get));
  }

  // The node of those segments that answers `method` (any at all: nullopt); text before names,
  // going back where that ends in nothing. `values` are the segments that matched names.
  const Node* find(std::optional<Method> method, const std::vector<std::string>& segments,
                   std::size_t at, std::vector<std::string>& values) const {
    if (at == segments.size()) {
      return (method ? answers(*method) : !targets.empty()) ? this : nullptr;
    }
    if (const auto text = texts.find(segments[at]); text != texts.end()) {
      if (const Node* found = text->second->find(method, segments, at + 1, values)) return found;
    }
    if (!any || segments[at].empty()) return nullptr;
    values.push_back(segments[at]);
    if (const Node* found = any->find(method, segments, at + 1, values)) return found;
    values.pop_back();
    return nullptr;
  }

  // `path` is that of this node, with a ":" in the place of each name.
  void list(const std::string& path, std::vector<std::string>& routes) const {
    for (const auto& [method, target] : targets) {
      routes.push_back(std::string(name_of(method)) + " " + with_names(path, target.names));
    }
    for (const auto& [text, next] : texts) next->list(path + "/" + text, routes);
    if (any) any->list(path + "/:", routes);
  }

  static std::string with_names(const std::string& path, const std::vector<std::string>& names) {
    std::string spelled;
    auto name = names.begin();
    for (const char c : path) {
      spelled += c;
      if (c == ':' && name != names.end()) spelled += *name++;
    }
    return spelled.empty() ? "/" : spelled;
  }
};

struct Router::Mount {
  std::vector<std::string> prefix;
  Route route;
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;
Router::~Router() = default;

void Router::add(Method method, std::string_view pattern, HttpHandler handler,
                 RouteOptions options) {
  Node* node = root_.get();
  std::vector<std::string> names;
  for (const std::string& segment : segments_of(pattern)) {
    auto& next = segment.starts_with(':') ? node->any : node->texts[segment];
    if (segment.starts_with(':')) names.push_back(segment.substr(1));
    if (!next) next = std::make_unique<Node>();
    node = next.get();
  }
  const bool is_new =
      node->targets
          .try_emplace(method, Node::Target{{std::move(handler), std::move(options)}, names})
          .second;
  if (!is_new) {
    throw std::logic_error(std::string(name_of(method)) + " " + std::string(pattern) +
                           " was added twice");
  }
}

void Router::mount(std::string_view prefix, HttpHandler handler, RouteOptions options) {
  mounts_.push_back({segments_of(prefix), {std::move(handler), std::move(options)}});
  std::stable_sort(mounts_.begin(), mounts_.end(), [](const Mount& a, const Mount& b) {
    return a.prefix.size() > b.prefix.size();
  });
}

void Router::upgrade(std::string_view path, UpgradeHandler handler) {
  upgrades_.emplace_back(segments_of(path), std::move(handler));
}

Router::Match Router::find(Method method, const std::vector<std::string>& segments) const {
  Match match;
  std::vector<std::string> values;
  if (const Node* node = root_->find(method, segments, 0, values)) {
    auto target = node->targets.find(method);
    if (target == node->targets.end()) target = node->targets.find(Method::get);  // HEAD
    match.route = &target->second.route;
    for (std::size_t i = 0; i < values.size(); ++i) {
      match.params.emplace_back(target->second.names[i], std::move(values[i]));
    }
    return match;
  }
  values.clear();
  const Node* known_path = root_->find(std::nullopt, segments, 0, values);
  for (const Mount& mount : mounts_) {
    if (!is_prefix(mount.prefix, segments)) continue;
    // A mount at "/" must not hide that a known path lacks the method.
    if (known_path && mount.prefix.empty()) break;
    match.route = &mount.route;
    return match;
  }
  if (!known_path) return match;
  for (const Method candidate : kMethods) {
    if (!known_path->answers(candidate) && candidate != Method::options) continue;
    if (!match.allowed.empty()) match.allowed += ", ";
    match.allowed += name_of(candidate);
  }
  return match;
}

const UpgradeHandler* Router::find_upgrade(const std::vector<std::string>& segments) const {
  for (const auto& [path, handler] : upgrades_) {
    if (path == segments) return &handler;
  }
  return nullptr;
}

std::vector<std::string> Router::routes() const {
  std::vector<std::string> routes;
  root_->list("", routes);
  return routes;
}

}  // namespace parlor::net
