#include "app/socket_gateway.h"

#include <algorithm>
#include <utility>

#include "app/function_job.h"
#include "identity/token_verifier.h"
#include "net/shard.h"
#include "net/timer_wheel.h"
#include "realtime/server.h"

namespace parlor::app {
namespace {

// How often a visitor's session is looked at again, and the longest that any timer waits.
constexpr std::int64_t kSessionCheckMs = 10 * 60 * 1000;
constexpr std::int64_t kLongestWaitMs = 12LL * 3600 * 1000;

}  // namespace

// What the server knows of a connected client. Lives in its socket's data slot.
struct SocketGateway::Client {
  SocketGateway& gateway;
  realtime::SocketRef socket;
  dialects::Caller caller;
  Timestamp ends_at;  // of its token; 0 for visitors, whose session is looked at now and then
  std::vector<std::string> rooms;  // only on its way in
  AccountId account;
  ConversationId person;
  net::Timer timer = net::Timer::calling<&Client::on_timer>(this);

  Client(SocketGateway& owner, realtime::SocketRef ref) : gateway(owner), socket(ref) {}
  void on_timer() { gateway.check_client(*this); }
};

// A client on its way in.
struct SocketGateway::Entry {
  realtime::SocketRef socket;
  realtime::Next next;
  std::shared_ptr<Client> client;
  int attempts = 0;
  bool is_holding = false;
};

SocketGateway::SocketGateway(GatewayParts parts) : parts_(parts) {}

void SocketGateway::attach() {
  parts_.sockets.use([this](realtime::Socket& socket, realtime::Next next) {
    on_handshake(socket, std::move(next));
  });
  parts_.sockets.on_any(
      [this](realtime::Socket& socket, realtime::Event& event) { on_event(socket, event); });
  parts_.sockets.on_disconnect([this](realtime::Socket& socket, socketio::CloseReason) {
    auto* client = socket.data<Client>();
    if (!client) return;
    // Here and not in a destructor: somebody on another thread may hold the client for longer.
    client->timer.stop();
    parts_.connected.left(client->account, client->person);
    socket.set_data(nullptr);
  });
}

void SocketGateway::on_handshake(realtime::Socket& socket, realtime::Next next) {
  const auto* request = socket.request();
  const auto origin = request ? request->origin() : std::string_view();
  auto entry = std::make_shared<Entry>(
      Entry{socket.ref(), std::move(next), std::make_shared<Client>(*this, socket.ref())});
  auto credentials = parts_.dialect.credentials({socket.auth(), origin});
  if (!credentials) return refuse(entry, credentials.error());
  identify(entry, std::move(*credentials));
}

void SocketGateway::identify(const EntryPtr& entry, dialects::SocketCredentials credentials) {
  if (auto* visitor = std::get_if<chat::VisitorCredentials>(&credentials)) {
    entry->client->caller = dialects::VisitorCaller{std::move(*visitor)};
    return read_rooms(entry);
  }
  parts_.tokens.verify_until(std::move(std::get<std::string>(credentials)),
                             [this, entry](Result<identity::VerifiedToken> token) {
                               if (!token) return refuse(entry, token.error());
                               entry->client->ends_at = token->expires_at + identity::kLeewayMs;
                               entry->client->caller =
                                   dialects::TokenCaller{std::move(token->claims)};
                               read_rooms(entry);
                             });
}

void SocketGateway::read_rooms(const EntryPtr& entry) {
  ++entry->attempts;
  parts_.store.submit(store::Lane::read,
                      make_job(
                          dialects::account_of(entry->client->caller),
                          [entry](chat::Transaction& transaction) {
                            return admit(transaction, entry->client->caller);
                          },
                          [this, entry](Result<Admission> admission) {
                            if (!admission) return refuse(entry, admission.error());
                            parts_.sockets.server().with_socket(
                                entry->socket,
                                [this, entry, admitted = std::move(*admission)](realtime::Socket&) {
                                  take_seat(entry, admitted);
                                });
                          }));
}

void SocketGateway::take_seat(const EntryPtr& entry, Admission admission) {
  auto* socket = parts_.sockets.server().find(entry->socket);
  if (!socket) return;
  auto& client = *entry->client;
  if (entry->is_holding && client.rooms == admission.rooms) {
    if (!admission.actor.is_team()) {
      socket->limit_events({kVisitorEventsPerSecond, kVisitorEventBurst});
    }
    client.account = admission.actor.account;
    client.person = admission.actor.conversation;
    parts_.connected.entered(admission.actor, admission.rooms);
    client.rooms = {};
    socket->set_data(entry->client);
    watch_end(client);
    entry->next();
    if (!socket->end_catch_up()) socket->close_transport();
    return;
  }
  if (entry->attempts >= kAttempts) {
    return refuse(entry, {ErrorCode::unavailable, "what you may see keeps changing; try again"});
  }
  if (!std::exchange(entry->is_holding, true)) socket->begin_catch_up();
  for (const auto& room : client.rooms) socket->leave(room);
  for (const auto& room : admission.rooms) socket->join(room);
  client.rooms = std::move(admission.rooms);
  read_rooms(entry);
}

void SocketGateway::refuse(const EntryPtr& entry, const Error& error) {
  const bool unknown_caller =
      error.code == ErrorCode::unauthenticated || error.code == ErrorCode::forbidden;
  entry->next.refuse(unknown_caller ? "Unauthorized" : "Unavailable",
                     parts_.dialect.encode_error(error));
}

void SocketGateway::on_event(realtime::Socket& socket, realtime::Event& event) {
  const auto* client = socket.data<Client>();
  if (!client) return;
  auto call = parts_.dialect.decode(client->caller, event.name(), event.raw(0));
  if (!call) {
    event.ack(socketio::ArgumentsView(parts_.dialect.encode_error(call.error()), {}));
    return;
  }
  if (!*call) return;
  parts_.pipeline.execute(
      std::move(*call), [this, answer = event.reply()](dialects::SocketReply reply) mutable {
        if (reply.typing) parts_.publisher.signal(std::move(*reply.typing));
        answer(std::move(realtime::Arguments().add_json(reply.acknowledgement)));
      });
}

void SocketGateway::watch_end(Client& client) {
  const auto wait_ms =
      client.ends_at.ms == 0
          ? kSessionCheckMs
          : std::clamp<std::int64_t>(client.ends_at - parts_.clock.now(), 0, kLongestWaitMs);
  net::Shard::current()->timers().start(client.timer, wait_ms);
}

void SocketGateway::check_client(Client& client) {
  if (client.ends_at.ms != 0 && client.ends_at <= parts_.clock.now()) {
    auto* socket = parts_.sockets.server().find(client.socket);
    if (socket) socket->close_transport();
    return;
  }
  watch_end(client);
  check_again(client.socket, client.caller);
}

void SocketGateway::check_again(realtime::SocketRef ref, const dialects::Caller& caller) {
  parts_.store.submit(store::Lane::read,
                      make_job(
                          dialects::account_of(caller),
                          [caller](chat::Transaction& transaction) {
                            return dialects::resolve(transaction, caller);
                          },
                          [this, ref](const Result<chat::Actor>& actor) {
                            if (actor || actor.error().code == ErrorCode::unavailable) return;
                            parts_.sockets.server().with_socket(
                                ref, [](realtime::Socket& socket) { socket.close_transport(); });
                          }));
}

}  // namespace parlor::app
