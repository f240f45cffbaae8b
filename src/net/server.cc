#include "net/server.h"

#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>

#include "base/log.h"
#include "net/listen_address.h"
#include "net/shard_server.h"

namespace parlor::net {
namespace {

// One shard, its connections and the thread that runs it.
struct Worker {
  Worker(unsigned index, ServerShared& shared) : shard(index), server(shared, shard), loop(shard) {}

  Shard shard;
  ShardServer server;
  ShardThread loop;
  std::thread thread;
};

struct Listening {
  ListenAddress address;
  std::vector<int> descriptors;  // one a shard
};

void close_all(const std::vector<Listening>& listening) {
  for (const auto& one : listening) {
    for (const int descriptor : one.descriptors) ::close(descriptor);
  }
}

// Fails, too, when another process listens there with SO_REUSEPORT: it would share our port.
Result<Ok> probe(const ListenAddress& address) {
  if (address.port() == 0) return Ok{};
  ListenAddress copy = address;
  const auto alone = open_listener(copy, false);
  if (!alone) return alone.failure();
  ::close(*alone);
  return Ok{};
}

Result<Ok> open_one(Listening& one, unsigned threads) {
  if (auto free = probe(one.address); !free) return free;
  for (unsigned i = 0; i < threads; ++i) {
    const auto descriptor = open_listener(one.address, threads > 1);
    if (!descriptor) return descriptor.failure();
    one.descriptors.push_back(*descriptor);
  }
  return Ok{};
}

Result<Ok> open_all(const std::vector<std::string>& texts, unsigned threads,
                    std::vector<Listening>& listening) {
  for (const std::string& text : texts) {
    auto addresses = parse_listen(text);
    if (!addresses) return addresses.failure();
    std::uint16_t chosen = 0;
    for (ListenAddress& address : *addresses) {
      if (address.is_optional && is_missing_family(address)) continue;
      if (address.port() == 0) address.set_port(chosen);
      listening.push_back({address, {}});
      if (auto opened = open_one(listening.back(), threads); !opened) return opened;
      chosen = listening.back().address.port();
    }
  }
  if (listening.empty()) return fail(ErrorCode::invalid, "there is no address to listen on");
  return Ok{};
}

}  // namespace

struct HttpServer::Impl {
  Impl(ServerOptions options, Router router, TrustedProxies proxies)
      : shared(std::move(options), std::move(router), std::move(proxies)) {
    for (unsigned i = 0; i < shared.options.threads; ++i) {
      workers.push_back(std::make_unique<Worker>(i, shared));
    }
  }

  void run();
  void drain(std::chrono::milliseconds limit);

  ServerShared shared;
  std::vector<Listening> listening;
  std::vector<std::unique_ptr<Worker>> workers;
  bool is_running = false;
};

void HttpServer::Impl::run() {
  for (std::size_t i = 0; i < workers.size(); ++i) {
    for (auto& one : listening) workers[i]->server.listen(one.descriptors[i]);
  }
  for (auto& worker : workers) {
    worker->thread = std::thread([&loop = worker->loop] { loop.run(); });
  }
  for (auto& one : listening) one.descriptors.clear();  // the shards have them
  is_running = true;
}

void HttpServer::Impl::drain(std::chrono::milliseconds limit) {
  if (!is_running) return;
  is_running = false;
  std::mutex mutex;
  std::condition_variable changed;
  std::size_t at_work = workers.size();
  for (auto& worker : workers) {
    worker->shard.post([&mutex, &changed, &at_work, &server = worker->server] {
      server.drain([&mutex, &changed, &at_work] {
        const std::lock_guard lock(mutex);
        --at_work;
        changed.notify_one();
      });
    });
  }
  const auto is_done = [&] { return at_work == 0; };
  {
    std::unique_lock lock(mutex);
    if (!changed.wait_for(lock, limit, is_done)) {
      lock.unlock();
      for (auto& worker : workers) worker->shard.post([&server = worker->server] { server.cut(); });
      lock.lock();
      changed.wait(lock, is_done);
    }
  }
  for (auto& worker : workers) worker->shard.post([&loop = worker->loop] { loop.stop(); });
  for (auto& worker : workers) worker->thread.join();
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

HttpServer::~HttpServer() { drain(std::chrono::milliseconds(0)); }

Result<std::unique_ptr<HttpServer>> HttpServer::start(
    ServerOptions options, Router router, const std::function<void(HttpServer&)>& prepare) {
  auto proxies = TrustedProxies::parse(options.trusted_proxies);
  if (!proxies) return proxies.failure();
  options.threads = std::max(1U, options.threads);
  // A peer that goes while it is written to is an error of that write, not of the process.
  std::signal(SIGPIPE, SIG_IGN);

  std::vector<Listening> listening;
  if (auto opened = open_all(options.listen, options.threads, listening); !opened) {
    close_all(listening);
    return opened.failure();
  }
  auto impl = std::make_unique<Impl>(std::move(options), std::move(router), *std::move(proxies));
  impl->listening = std::move(listening);
  std::unique_ptr<HttpServer> server(new HttpServer(std::move(impl)));
  if (prepare) prepare(*server);
  server->impl_->run();
  return server;
}

void HttpServer::drain(std::chrono::milliseconds limit) { impl_->drain(limit); }

std::uint16_t HttpServer::port() const { return impl_->listening.front().address.port(); }

std::vector<std::string> HttpServer::addresses() const {
  std::vector<std::string> texts;
  for (const auto& one : impl_->listening) texts.push_back(one.address.to_text());
  return texts;
}

std::size_t HttpServer::shard_count() const { return impl_->workers.size(); }
Shard& HttpServer::shard(std::size_t index) { return impl_->workers[index]->shard; }
const ServerMetrics& HttpServer::metrics() const { return impl_->shared.metrics; }

}  // namespace parlor::net
