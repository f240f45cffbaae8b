// Which handler a request belongs to.
//
// Patterns are paths whose segments are text or ":name". Text wins over a name at every segment, so
// "/room/id" is never taken by "/room/:room_id"; the order of adding does not matter. A slash at
// the end of a path is ignored. A mount takes every method and every path below its prefix that no
// pattern takes; the longest prefix wins.
//
// Built before the server starts, then constant and read by every shard at once.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "net/http_types.h"
#include "net/upgrade.h"

namespace parlor::net {

enum class BodyMode : std::uint8_t {
  memory,           // HttpRequest::body
  multipart_files,  // multipart/form-data goes to HttpRequest::form, anything else to body
};

struct RouteOptions {
  std::size_t max_body_bytes = 1024 * 1024;  // of the whole body, files included
  BodyMode body_mode = BodyMode::memory;
  // Called on the connection's shard when the head has come and its body has not. What it returns
  // stays with the request (HttpRequest::head_token), also when the body never comes.
  std::function<std::shared_ptr<void>(const HttpRequest& head)> on_head = nullptr;
  // Called there before it: an answer given now spares the client its body, of which nothing is
  // read; the connection ends behind it. It may set head_token.
  std::function<std::optional<HttpResponse>(HttpRequest& head)> refuse = nullptr;
};

struct Route {
  HttpHandler handler;
  RouteOptions options;
};

class Router {
 public:
  Router();
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;
  ~Router();

  // Adding the same method and pattern twice is a mistake of the program: std::logic_error.
  // A GET route answers HEAD too.
  void add(Method method, std::string_view pattern, HttpHandler handler, RouteOptions options = {});
  void mount(std::string_view prefix, HttpHandler handler, RouteOptions options = {});
  // WebSocket requests for exactly that path (with or without a slash at the end).
  void upgrade(std::string_view path, UpgradeHandler handler);

  struct Match {
    const Route* route = nullptr;  // null: see allowed
    std::vector<std::pair<std::string, std::string>> params;
    std::string allowed;  // "GET, HEAD, PATCH": the path is known, the method is not; else empty
  };
  // `segments` are the decoded segments of the path.
  Match find(Method method, const std::vector<std::string>& segments) const;
  const UpgradeHandler* find_upgrade(const std::vector<std::string>& segments) const;
  // What was added, as it was written, by path: "GET /room/:room_id". Without mounts and upgrades.
  std::vector<std::string> routes() const;

 private:
  struct Node;
  struct Mount;
  std::unique_ptr<Node> root_;
  std::vector<Mount> mounts_;
  std::vector<std::pair<std::vector<std::string>, UpgradeHandler>> upgrades_;
};

}  // namespace parlor::net
