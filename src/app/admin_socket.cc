#include "app/admin_socket.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cerrno>
#include <chrono>
#include <cstring>

#include "base/log.h"

namespace parlor::app {

namespace json = boost::json;

namespace {

constexpr const char* kName = "admin.sock";
constexpr int kStopCheckMs = 200;
constexpr int kAnswerSeconds = 30;

// A path of at most 108 bytes, however deep the directory is: through its descriptor.
sockaddr_un address_in(int directory) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const auto path = "/proc/self/fd/" + std::to_string(directory) + "/" + kName;
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  return address;
}

int open_directory(const std::string& path) {
  return ::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
}

void set_timeout(int peer, int seconds) {
  const timeval limit{seconds, 0};
  ::setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(peer, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

// Nothing when the peer falls silent, goes away or sends too much.
std::optional<std::string> read_line(int peer) {
  std::string line;
  char buffer[4096];
  while (line.size() <= kMaxLineBytes) {
    const auto n = ::recv(peer, buffer, sizeof buffer, 0);
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return std::nullopt;
    line.append(buffer, static_cast<std::size_t>(n));
    if (line.back() == '\n') return line;
  }
  return std::nullopt;
}

bool write_line(int peer, const json::object& object) {
  const auto line = json::serialize(object) + "\n";
  std::size_t done = 0;
  while (done < line.size()) {
    const auto n = ::send(peer, line.data() + done, line.size() - done, MSG_NOSIGNAL);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    done += static_cast<std::size_t>(n);
  }
  return true;
}

json::object describe(const Result<json::object>& answer) {
  if (answer) return {{"ok", *answer}};
  return {{"error", json::object{{"code", name_of(answer.error().code)},
                                 {"message", answer.error().message}}}};
}

ErrorCode code_named(std::string_view name) {
  for (int code = 0; code <= static_cast<int>(ErrorCode::unavailable); ++code) {
    if (name_of(static_cast<ErrorCode>(code)) == name) return static_cast<ErrorCode>(code);
  }
  return ErrorCode::unavailable;
}

Result<json::object> read_answer(const std::optional<std::string>& line) {
  const auto lost = [] {
    return fail(ErrorCode::unavailable, "the server did not answer; see its log");
  };
  if (!line) return lost();
  boost::system::error_code error;
  const auto value = json::parse(*line, error);
  if (error || !value.is_object()) return lost();
  const auto& object = value.get_object();
  if (const auto* ok = object.if_contains("ok"); ok && ok->is_object()) return ok->get_object();
  const auto* failure = object.if_contains("error");
  if (!failure || !failure->is_object()) return lost();
  return fail(code_named(json::value_to<std::string>(failure->at("code"))),
              json::value_to<std::string>(failure->at("message")));
}

}  // namespace

Result<std::unique_ptr<AdminSocket>> AdminSocket::listen(CommandContext context) {
  const int directory = open_directory(context.data_dir);
  const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  // The data directory is ours by its lock: what lies there is left over from a server that was
  // killed.
  ::unlinkat(directory, kName, 0);
  const auto address = address_in(directory);
  const bool listens =
      ::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
      ::fchmodat(directory, kName, 0600, 0) == 0 && ::listen(listener, 8) == 0;
  if (!listens) {
    const std::string reason = std::strerror(errno);
    ::close(listener);
    ::close(directory);
    return fail(ErrorCode::unavailable,
                "cannot listen on " + context.data_dir + "/" + kName + ": " + reason);
  }
  return std::unique_ptr<AdminSocket>(new AdminSocket(std::move(context), listener, directory));
}

AdminSocket::AdminSocket(CommandContext context, int listener, int directory)
    : context_(std::move(context)),
      listener_(listener),
      directory_(directory),
      thread_([this] { run(); }) {}

AdminSocket::~AdminSocket() {
  stopping_ = true;
  thread_.join();
  ::unlinkat(directory_, kName, 0);
  ::close(listener_);
  ::close(directory_);
}

void AdminSocket::run() {
  while (!stopping_) {
    pollfd waiting{listener_, POLLIN, 0};
    if (::poll(&waiting, 1, kStopCheckMs) <= 0) continue;
    const int peer = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (peer < 0) {
      // Out of descriptors, most likely: it will not be better at once.
      std::this_thread::sleep_for(std::chrono::milliseconds(kStopCheckMs));
      continue;
    }
    set_timeout(peer, kTimeoutSeconds);
    try {
      serve(peer);
    } catch (const std::exception& error) {
      log::error("a command of the shell failed: {}", error.what());
    }
    ::close(peer);
  }
}

void AdminSocket::serve(int peer) {
  const auto line = read_line(peer);
  if (!line) return;
  boost::system::error_code error;
  const auto value = json::parse(*line, error);
  if (error || !value.is_object()) {
    write_line(peer, describe(fail(ErrorCode::invalid, "a request is an object")));
    return;
  }
  const auto& request = value.get_object();
  const auto* command = request.if_contains("command");
  const auto* arguments = request.if_contains("arguments");
  if (!command || !command->is_string() || !arguments || !arguments->is_object()) {
    write_line(peer, describe(fail(ErrorCode::invalid, "a request names a command and arguments")));
    return;
  }
  write_line(peer, describe(run_command(context_, std::string_view(command->get_string()),
                                        arguments->get_object())));
}

std::optional<Result<json::object>> ask_running_server(const std::string& data_dir,
                                                       std::string_view command,
                                                       const json::object& arguments) {
  const int directory = open_directory(data_dir);
  if (directory < 0) return std::nullopt;
  const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto address = address_in(directory);
  std::optional<Result<json::object>> answer;
  if (::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    // A backup takes as long as the store is large.
    if (command != "backup") set_timeout(server, kAnswerSeconds);
    write_line(server, {{"command", command}, {"arguments", arguments}});
    answer = read_answer(read_line(server));
  }
  ::close(server);
  ::close(directory);
  return answer;
}

}  // namespace parlor::app
