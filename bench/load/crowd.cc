#include "load/crowd.h"

#include <stdexcept>

namespace parlor::bench {
namespace {

constexpr std::size_t kHandshakesAtOnce = 64;
constexpr std::size_t kClientsPerSource = 4000;
constexpr std::chrono::seconds kConnectLimit{60};

}  // namespace

void Crowd::start_one(const Endpoint& endpoint, const AuthOf& auth_of) {
  const std::size_t index = clients_.size();
  WebSocketClient& client = clients_.emplace_back();
  waiting_to_write_.push_back(true);
  client.start(endpoint, static_cast<unsigned>(1 + index / kClientsPerSource),
               auth_of ? auth_of(index) : std::string());
  epoll_.add(client.fd(), EPOLLIN | EPOLLOUT, base_tag_ + index);
}

void Crowd::connect(const Endpoint& endpoint, std::size_t count, const AuthOf& auth_of) {
  const auto limit = std::chrono::steady_clock::now() + kConnectLimit;
  clients_.reserve(count);
  std::size_t ready = 0;
  while (ready < count) {
    while (clients_.size() < count && clients_.size() - ready < kHandshakesAtOnce) {
      start_one(endpoint, auth_of);
    }
    for (const epoll_event& event : epoll_.wait(std::chrono::milliseconds(100))) {
      WebSocketClient& client = clients_[event.data.u64 - base_tag_];
      const bool before = client.ready();
      handle(event, [](std::size_t, std::string_view) {});
      if (!before && client.ready()) ++ready;
    }
    if (std::chrono::steady_clock::now() > limit) {
      throw std::runtime_error("only " + std::to_string(ready) + " clients connected in a minute");
    }
  }
}

void Crowd::flush(std::size_t index) {
  WebSocketClient& client = clients_[index];
  client.flush();
  if (client.wants_to_write() == waiting_to_write_[index]) return;
  waiting_to_write_[index] = client.wants_to_write();
  const std::uint32_t events = EPOLLIN | (client.wants_to_write() ? EPOLLOUT : 0U);
  epoll_.modify(client.fd(), events, base_tag_ + index);
}

}  // namespace parlor::bench
