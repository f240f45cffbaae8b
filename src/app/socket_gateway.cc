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

// A socket's serial is unique on its shard.
std::uint64_t number_of(const realtime::SocketRef& socket) {
  constexpr int kSerialBits = 48;
  return (static_cast<std::uint64_t>(socket.place.shard) << kSerialBits) | socket.serial;
}

}  // namespace

// What the server knows of a connected client. Lives in its socket's data slot, thousands of times:
// a visitor's secrets are packed into one string.
struct SocketGateway::Client {
  SocketGateway& gateway;
  realtime::SocketRef socket;
  std::unique_ptr<chat::TokenClaims> claims;  // of a token's owner
  std::string secrets;                        // of a visitor: support token, '\n', session id
  std::int64_t address_key = 0;
  Timestamp ends_at;  // of its token, session or site; 0 = never
  AccountId account;
  ConversationId person;
  net::Timer timer = net::Timer::calling<&Client::on_timer>(this);

  Client(SocketGateway& owner, realtime::SocketRef ref) : gateway(owner), socket(ref) {}
  void on_timer() { gateway.check_client(*this); }

  // Its device and origin were looked at when it came in.
  dialects::Caller caller() const {
    if (claims) return dialects::TokenCaller{*claims};
    const auto end = secrets.find('\n');
    return dialects::VisitorCaller{{secrets.substr(0, end), secrets.substr(end + 1), "", ""},
                                   address_key};
  }
};

// A client on its way in.
struct SocketGateway::Entry {
  realtime::SocketRef socket;
  realtime::Next next;
  std::shared_ptr<Client> client;
  dialects::Caller caller;
  std::vector<std::string> rooms;  // that it has joined
  int attempts = 0;
  bool is_holding = false;
  bool is_limited = true;  // nobody on this machine is
};

SocketGateway::SocketGateway(GatewayParts parts) : parts_(parts) {}

void SocketGateway::attach() {
  parts_.sockets.use(
      [this](realtime::Socket& socket, realtime::Next next) { on_handshake(socket, next); });
  parts_.sockets.on_any(
      [this](realtime::Socket& socket, realtime::Event& event) { on_event(socket, event); });
  parts_.sockets.on_disconnect([this](realtime::Socket& socket, socketio::CloseReason) {
    auto* client = socket.data<Client>();
    if (!client) return;
    // Here and not in a destructor: somebody on another thread may hold the client for longer.
    client->timer.stop();
    parts_.connected.left(client->account, client->person);
    if (client->claims) signal(*client, delivery::AgentSignal::What::socket_closed);
    socket.set_data(nullptr);
  });
}

void SocketGateway::on_handshake(realtime::Socket& socket, realtime::Next next) {
  const auto* request = socket.request();
  const auto origin = request ? request->origin() : std::string_view();
  auto entry = std::make_shared<Entry>(
      Entry{socket.ref(), next, std::make_shared<Client>(*this, socket.ref()), {}, {}});
  if (request) {
    entry->is_limited = !request->is_loopback;
    entry->client->address_key = dialects::address_key_of(request->client_address);
  }
  auto credentials = parts_.dialect.credentials({socket.auth(), origin});
  if (!credentials) return refuse(entry, credentials.error());
  identify(entry, std::move(*credentials));
}

void SocketGateway::identify(const EntryPtr& entry, dialects::SocketCredentials credentials) {
  if (auto* visitor = std::get_if<chat::VisitorCredentials>(&credentials)) {
    auto& client = *entry->client;
    client.secrets = visitor->support_token + "\n" + visitor->session_id;
    entry->caller = dialects::VisitorCaller{std::move(*visitor), client.address_key};
    return read_rooms(entry);
  }
  parts_.tokens.verify_until(
      std::get<std::string>(credentials), [this, entry](Result<identity::VerifiedToken> token) {
        if (!token) return refuse(entry, token.error());
        entry->client->ends_at = token->expires_at + identity::kLeewayMs;
        entry->client->claims = std::make_unique<chat::TokenClaims>(token->claims);
        entry->caller = dialects::TokenCaller{std::move(token->claims)};
        read_rooms(entry);
      });
}

void SocketGateway::read_rooms(const EntryPtr& entry) {
  ++entry->attempts;
  parts_.store.submit(
      store::Lane::read,
      make_job(
          dialects::account_of(entry->caller),
          [entry](chat::Transaction& transaction) { return admit(transaction, entry->caller); },
          [this, entry](Result<Admission> admission) {
            if (!admission) return refuse(entry, admission.error());
            parts_.sockets.server().with_socket(
                entry->socket, [this, entry, admitted = std::move(*admission)](realtime::Socket&) {
                  take_seat(entry, admitted);
                });
          }));
}

void SocketGateway::take_seat(const EntryPtr& entry, Admission admission) {
  auto* socket = parts_.sockets.server().find(entry->socket);
  if (!socket) return;
  auto& client = *entry->client;
  if (entry->is_holding && entry->rooms == admission.rooms) {
    if (!admission.actor.is_team() && entry->is_limited) {
      socket->limit_events({kVisitorEventsPerSecond, kVisitorEventBurst});
    }
    client.account = admission.actor.account;
    client.person = admission.actor.conversation;
    parts_.connected.entered(admission.actor, admission.rooms);
    if (client.claims) signal(client, delivery::AgentSignal::What::socket_opened);
    if (admission.site) parts_.sites.seen(client.account, admission.site);
    if (!client.claims) client.ends_at = admission.ends_at;
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
  for (const auto& room : entry->rooms) socket->leave(room);
  for (const auto& room : admission.rooms) socket->join(room);
  entry->rooms = std::move(admission.rooms);
  read_rooms(entry);
}

// Whoever comes with a token is an agent.
void SocketGateway::signal(const Client& client, delivery::AgentSignal::What what) {
  parts_.publisher.signal(
      delivery::AgentSignal{client.account, client.person, what, number_of(client.socket)});
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
  auto call = parts_.dialect.decode({client->caller(), number_of(client->socket)}, event.name(),
                                    event.raw(0));
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
  auto wait_ms = client.claims ? kLongestWaitMs : kSessionCheckMs;
  if (client.ends_at.ms != 0) {
    wait_ms = std::clamp<std::int64_t>(client.ends_at - parts_.clock.now(), 0, wait_ms);
  }
  net::Shard::current()->timers().start(client.timer, wait_ms);
}

void SocketGateway::check_client(Client& client) {
  if (client.claims && client.ends_at <= parts_.clock.now()) {
    auto* socket = parts_.sockets.server().find(client.socket);
    if (socket) socket->close_transport();
    return;
  }
  parts_.store.submit(
      store::Lane::read,
      make_job(
          client.account,
          [caller = client.caller()](chat::Transaction& transaction) {
            return admit(transaction, caller);
          },
          [this, ref = client.socket](const Result<Admission>& admission) {
            parts_.sockets.server().with_socket(
                ref, [this, admission](realtime::Socket& socket) { renew(socket, admission); });
          }));
}

// A session moves its end on while it is used: what was its end may be none any more.
void SocketGateway::renew(realtime::Socket& socket, const Result<Admission>& admission) {
  auto* client = socket.data<Client>();
  if (!client) return;
  if (!admission && admission.error().code != ErrorCode::unavailable) {
    return socket.close_transport();
  }
  if (admission && !client->claims) client->ends_at = admission->ends_at;
  watch_end(*client);
}

}  // namespace parlor::app
