// Crowd: many WebSocketClients on one Epoll. Tags are base + index, so that others may share the
// Epoll.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "load/socket.h"
#include "load/websocket_client.h"

namespace parlor::bench {

class Crowd {
 public:
  using AuthOf = std::function<std::string(std::size_t)>;  // the CONNECT payload of client n

  Crowd(Epoll& epoll, std::uint64_t base_tag) : epoll_(epoll), base_tag_(base_tag) {}

  // Connects `count` clients, at most 64 handshakes at a time; throws when that takes above a
  // minute.
  void connect(const Endpoint& endpoint, std::size_t count, const AuthOf& auth_of);

  std::size_t size() const { return clients_.size(); }
  WebSocketClient& client(std::size_t index) { return clients_[index]; }
  bool owns(std::uint64_t tag) const { return tag - base_tag_ < clients_.size(); }

  // Handles one event of the shared Epoll; calls on_event(client index, payload).
  template <class OnEvent>
  void handle(const epoll_event& event, OnEvent&& on_event) {
    const std::size_t index = event.data.u64 - base_tag_;
    WebSocketClient& client = clients_[index];
    if ((event.events & EPOLLOUT) != 0) client.on_writable();
    if ((event.events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0) {
      client.on_readable(buffer_, [&](std::string_view payload) { on_event(index, payload); });
    }
    if ((event.events & EPOLLOUT) != 0 || client.wants_to_write()) flush(index);
  }

  // Waits and handles everything that is ready.
  template <class OnEvent>
  void poll(std::chrono::milliseconds timeout, OnEvent&& on_event) {
    for (const epoll_event& event : epoll_.wait(timeout)) handle(event, on_event);
  }

  // Writes what the client has queued; waits for writability when the kernel is full.
  void flush(std::size_t index);

 private:
  void start_one(const Endpoint& endpoint, const AuthOf& auth_of);

  Epoll& epoll_;
  std::uint64_t base_tag_;
  std::vector<WebSocketClient> clients_;
  std::vector<bool> waiting_to_write_;
  WebSocketClient::ReadBuffer buffer_ = WebSocketClient::ReadBuffer(256 * 1024);
};

}  // namespace parlor::bench
