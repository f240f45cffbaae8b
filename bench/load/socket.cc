#include "load/socket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace parlor::bench {
namespace {

[[noreturn]] void fail_with_errno(const char* what, int error = errno) {
  throw std::system_error(error, std::generic_category(), what);
}

sockaddr_in loopback(std::uint16_t port, unsigned host = 1) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(0x7F000000U + host);
  return address;
}

Fd open_socket(int flags) {
  Fd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | flags, 0));
  if (!fd) fail_with_errno("socket");
  const int on = 1;
  ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}

int connect_to(int fd, std::uint16_t port) {
  const sockaddr_in to = loopback(port);
  return ::connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to);
}

}  // namespace

Fd& Fd::operator=(Fd&& other) noexcept {
  if (this != &other) {
    close();
    fd_ = other.release();
  }
  return *this;
}

int Fd::release() { return std::exchange(fd_, -1); }

void Fd::close() {
  if (fd_ >= 0) ::close(release());
}

Epoll::Epoll(std::size_t batch) : fd_(::epoll_create1(EPOLL_CLOEXEC)), ready_(batch) {
  if (!fd_) fail_with_errno("epoll_create1");
}

void Epoll::add(int fd, std::uint32_t events, std::uint64_t tag) {
  epoll_event event{.events = events, .data = {.u64 = tag}};
  if (::epoll_ctl(fd_.get(), EPOLL_CTL_ADD, fd, &event) != 0) fail_with_errno("epoll_ctl");
}

void Epoll::modify(int fd, std::uint32_t events, std::uint64_t tag) {
  epoll_event event{.events = events, .data = {.u64 = tag}};
  if (::epoll_ctl(fd_.get(), EPOLL_CTL_MOD, fd, &event) != 0) fail_with_errno("epoll_ctl");
}

std::span<const epoll_event> Epoll::wait(std::chrono::milliseconds timeout) {
  const int count = ::epoll_wait(fd_.get(), ready_.data(), static_cast<int>(ready_.size()),
                                 static_cast<int>(timeout.count()));
  if (count < 0 && errno != EINTR) fail_with_errno("epoll_wait");
  return {ready_.data(), static_cast<std::size_t>(count < 0 ? 0 : count)};
}

std::uint16_t free_port() {
  Fd fd = open_socket(0);
  sockaddr_in address = loopback(0);
  if (::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    fail_with_errno("bind");
  }
  socklen_t size = sizeof address;
  ::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&address), &size);
  return ntohs(address.sin_port);
}

Fd start_connect(std::uint16_t port, unsigned source) {
  Fd fd = open_socket(SOCK_NONBLOCK);
  const int on = 1;
  ::setsockopt(fd.get(), IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
  const sockaddr_in from = loopback(0, source);
  if (::bind(fd.get(), reinterpret_cast<const sockaddr*>(&from), sizeof from) != 0) {
    fail_with_errno("bind");
  }
  if (connect_to(fd.get(), port) != 0 && errno != EINPROGRESS) fail_with_errno("connect");
  return fd;
}

Fd try_connect(std::uint16_t port, std::chrono::seconds timeout) {
  Fd fd = open_socket(0);
  const timeval limit{.tv_sec = timeout.count(), .tv_usec = 0};
  ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(fd.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  if (connect_to(fd.get(), port) == 0) return fd;
  if (errno == ECONNREFUSED) return Fd();
  fail_with_errno("connect");
}

void check_connected(int fd) {
  int error = 0;
  socklen_t size = sizeof error;
  ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
  if (error != 0) fail_with_errno("connect", error);
}

void raise_descriptor_limit() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace parlor::bench
