// The command line's way into a running server: a Unix socket in the data directory (mode 0600).
//
//   request   {"command":"inbox.list","arguments":{…}}\n
//   answer    {"ok":{…}}\n   or   {"error":{"code":"…","message":"…"}}\n
//
// One request a connection; kMaxLineBytes each way; a peer that is silent for kTimeoutSeconds is
// dropped.
#pragma once

#include <atomic>
#include <boost/json/object.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "app/commands.h"

namespace parlor::app {

inline constexpr std::size_t kMaxLineBytes = 1024 * 1024;
inline constexpr int kTimeoutSeconds = 2;

// Answers commands one after another on a thread of its own until it is destroyed.
class AdminSocket {
 public:
  static Result<std::unique_ptr<AdminSocket>> listen(CommandContext context);
  ~AdminSocket();
  AdminSocket(const AdminSocket&) = delete;
  AdminSocket& operator=(const AdminSocket&) = delete;

 private:
  AdminSocket(CommandContext context, int listener, int directory);
  void run();
  void serve(int peer);

  CommandContext context_;
  int listener_;
  int directory_;  // open for as long as the socket's path goes through it
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

// Nothing when no server answers in that data directory.
std::optional<Result<boost::json::object>> ask_running_server(const std::string& data_dir,
                                                              std::string_view command,
                                                              const boost::json::object& arguments);

}  // namespace parlor::app
