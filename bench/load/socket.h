// Loopback TCP sockets of the load generator: plain descriptors, errors thrown as
// std::system_error.
#pragma once

#include <sys/epoll.h>

#include <chrono>
#include <cstdint>
#include <span>
#include <vector>

namespace parlor::bench {

// Fd owns one file descriptor.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(other.release()) {}
  Fd& operator=(Fd&& other) noexcept;
  ~Fd() { close(); }

  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  int release();
  void close();

 private:
  int fd_ = -1;
};

// Epoll is level-triggered readiness of many sockets; a tag of the caller's choice names each.
class Epoll {
 public:
  explicit Epoll(std::size_t batch = 1024);

  void add(int fd, std::uint32_t events, std::uint64_t tag);
  void modify(int fd, std::uint32_t events, std::uint64_t tag);
  std::span<const epoll_event> wait(std::chrono::milliseconds timeout);

 private:
  Fd fd_;
  std::vector<epoll_event> ready_;
};

// A port of 127.0.0.1 that nobody listened on a moment ago.
std::uint16_t free_port();

// Starts to connect to 127.0.0.1:port from 127.0.0.<source>; writable when done. Non-blocking, no
// Nagle.
Fd start_connect(std::uint16_t port, unsigned source);

// Connects and blocks; an empty Fd when nobody listens. Reads and writes time out after `timeout`.
Fd try_connect(std::uint16_t port, std::chrono::seconds timeout);

// Throws what the kernel says about a connect that has become writable.
void check_connected(int fd);

// Lets this process and the servers that it starts open as many descriptors as the system allows.
void raise_descriptor_limit();

}  // namespace parlor::bench
