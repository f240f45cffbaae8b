#include "app/application.h"

#include <boost/json/serialize.hpp>
#include <filesystem>
#include <thread>

#include "app/admin_socket.h"
#include "app/blob_collector.h"
#include "app/commands.h"
#include "app/commit_publisher.h"
#include "app/cors.h"
#include "app/demo.h"
#include "app/demo_conversations.h"
#include "app/dispatcher.h"
#include "app/health.h"
#include "app/invitation_login.h"
#include "app/markers.h"
#include "app/password_login.h"
#include "app/private_file.h"
#include "app/record_pruner.h"
#include "app/snooze_timer.h"
#include "app/socket_gateway.h"
#include "app/store_pipeline.h"
#include "app/student_bot.h"
#include "app/ticket_keeper.h"
#include "app/token_authority.h"
#include "app/upload_desk.h"
#include "app/waiting_watch.h"
#include "app/web_pages.h"
#include "base/digest.h"
#include "base/log.h"
#include "base/workers.h"
#include "blobs/disk_blob_store.h"
#include "delivery/publisher.h"
#include "dialects/admin/routes.h"
#include "dialects/common/attachment_download.h"
#include "dialects/conversation/errors.h"
#include "dialects/conversation/event_encoder.h"
#include "dialects/conversation/routes.h"
#include "dialects/conversation/socket_events.h"
#include "dialects/order/errors.h"
#include "dialects/order/event_encoder.h"
#include "dialects/order/routes.h"
#include "dialects/order/socket_events.h"
#include "dialects/student/errors.h"
#include "dialects/student/event_encoder.h"
#include "dialects/student/routes.h"
#include "dialects/student/socket_events.h"
#include "dialects/ticket/errors.h"
#include "dialects/ticket/event_encoder.h"
#include "dialects/ticket/routes.h"
#include "dialects/ticket/socket_events.h"
#include "identity/host_keys.h"
#include "net/server.h"
#include "realtime/server.h"
#include "store/sqlite/sqlite_store.h"

namespace parlor::app {
namespace {

constexpr std::size_t kWorkerThreads = 2;
constexpr std::size_t kWaitingWork = 512;
constexpr std::int64_t kSecondMs = 1000;
constexpr std::size_t kLinkKeyBytes = 32;

realtime::Options realtime_options(const Config& config) {
  realtime::Options options;
  options.engine.cors_origins = {"*"};
  options.engine.maximum_sessions = config.max_connections;
  options.engine.engine.maximum_buffered = config.outgoing_bytes;
  options.engine.buffered_budget = config.outgoing_budget_bytes;
  return options;
}

bool is_below(std::string_view path, std::string_view base) {
  return path.starts_with(base) && (path.size() == base.size() || path[base.size()] == '/');
}

net::ServerOptions http_options(const Config& config) {
  net::ServerOptions options;
  options.listen = config.listen;
  options.threads =
      config.threads ? config.threads : std::max(1U, std::thread::hardware_concurrency());
  options.max_connections = config.max_connections;
  options.max_open_per_address = config.connections_per_address;
  options.max_new_per_second_and_address = config.new_connections_per_second;
  options.max_outgoing_bytes = config.outgoing_bytes;
  options.max_message_bytes = realtime_options(config).engine.engine.maximum_payload;
  options.outgoing_budget_bytes = config.outgoing_budget_bytes;
  options.trusted_proxies = config.trusted_proxies;
  options.error_response = [](int status, const net::HttpRequest& request) {
    if (is_below(request.path, dialects::student::kBasePath)) {
      return dialects::student::encode_http_error(status, net::reason_of(status));
    }
    if (is_below(request.path, dialects::order::kRoomPath) ||
        is_below(request.path, dialects::order::kChatPath)) {
      return dialects::order::encode_http_error(status, net::reason_of(status));
    }
    if (is_below(request.path, dialects::ticket::kBasePath)) {
      return dialects::ticket::encode_http_error(status, net::reason_of(status));
    }
    return dialects::conversation::encode_http_error(status, net::reason_of(status));
  };
  options.response_headers = add_cors_headers;
  options.options_response = answer_preflight;
  return options;
}

chat::PresenceRules presence_rules(const Config& config) {
  chat::PresenceRules rules;
  rules.ttl_ms = std::int64_t{config.ticket_presence_seconds} * kSecondMs;
  return rules;
}

// Beside the program as it is built, or where it is installed.
std::string default_web_dir() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  const auto built = program.parent_path().parent_path().parent_path() / "web" / "dist";
  if (!error && std::filesystem::exists(built, error)) return built.string();
  return (program.parent_path().parent_path() / "share" / "parlor" / "web").string();
}

}  // namespace

// In the order of construction; each uses only what stands above it, and goes before it.
struct Application::Parts {
  explicit Parts(const Config& configuration)
      : config(configuration),
        links(clock, config.public_url),
        encoder(links),
        student_encoder(links),
        order_encoder(links),
        order_sockets(links),
        io(realtime_options(config)),
        dispatcher(clock, {std::int64_t{config.away_return_seconds} * kSecondMs}),
        members(presence_rules(config), clock.now()),
        ticket_encoder(links, members),
        publisher(io.of("/"), {&encoder, &student_encoder, &order_encoder, &ticket_encoder}, clock,
                  dispatcher, std::int64_t{config.away_after_seconds} * kSecondMs, members),
        commits(publisher, connected, dispatcher) {
    publisher.ask_who_is_here(connected);
  }

  Config config;
  SystemClock clock;
  dialects::LinkSigner links;
  dialects::conversation::ConversationEncoder encoder;
  dialects::student::StudentEncoder student_encoder;
  dialects::conversation::ConversationSockets socket_dialect;
  dialects::order::OrderEncoder order_encoder;
  dialects::order::OrderSockets order_sockets;
  realtime::Server io;
  Dispatcher dispatcher;
  delivery::MembershipBoard members;
  dialects::ticket::TicketEncoder ticket_encoder;
  ConnectedPeople connected;
  delivery::Publisher publisher;
  CommitPublisher commits;
  std::unique_ptr<StudentBot> bot;  // before the store, whose calls ask it
  std::unique_ptr<store::SqliteStore> store;
  std::unique_ptr<blobs::DiskBlobStore> blobs;
  std::unique_ptr<UploadDesk> uploads;
  std::unique_ptr<BlobCollector> collector;
  std::unique_ptr<RecordPruner> pruner;
  std::unique_ptr<Markers> markers;
  std::unique_ptr<SnoozeTimer> snoozes;
  std::unique_ptr<StorePipeline> pipeline;
  std::unique_ptr<StoreTokenAuthority> tokens;
  std::unique_ptr<ThreadWorkers> workers;
  std::unique_ptr<PasswordLogin> login;
  std::unique_ptr<StoreInvitationLogin> invitations;
  std::unique_ptr<dialects::VisitorThrottle> visitor_throttle;
  std::unique_ptr<SiteActivity> sites;
  std::unique_ptr<WaitingWatch> waiting;
  std::unique_ptr<dialects::student::StudentSockets> student_sockets;
  std::unique_ptr<dialects::ticket::TicketSockets> ticket_sockets;
  std::unique_ptr<SocketGateway> gateway;
  std::unique_ptr<dialects::Services> services;
  std::unique_ptr<dialects::Services> student_services;
  std::unique_ptr<dialects::Services> order_services;
  std::unique_ptr<dialects::Services> ticket_services;
  std::unique_ptr<TicketKeeper> ticket_keeper;
  std::unique_ptr<net::HttpServer> http;
  std::vector<std::string> routes;
  std::unique_ptr<AdminSocket> admin;

  Result<Ok> open_store();
  Result<Ok> open_blobs();
  Result<Ok> load_link_key();
  Result<Ok> start_bot();
  void build_services();
  Result<Ok> add_pages(net::Router& router);
  Result<Ok> start_http();
  Result<Ok> start_admin();
  CommandContext commands() { return {*store, clock, config.data_dir, routes}; }
};

Result<Ok> Application::Parts::open_store() {
  store::SqliteStore::Options options;
  options.directory = config.data_dir;
  auto opened = store::SqliteStore::open(options, clock, commits);
  if (!opened) return opened.failure();
  store = std::move(*opened);
  return Ok();
}

// In the directory that the store has locked.
Result<Ok> Application::Parts::open_blobs() {
  if (auto loaded = load_link_key(); !loaded) return loaded;
  auto opened = blobs::DiskBlobStore::open(config.data_dir + "/blobs");
  if (!opened) return opened.failure();
  blobs = std::move(*opened);
  uploads = std::make_unique<UploadDesk>(
      *blobs, UploadLimits{config.max_upload_bytes, config.disk_reserve_bytes});
  collector = std::make_unique<BlobCollector>(*store, *blobs);
  pruner = std::make_unique<RecordPruner>(*store);
  return Ok();
}

// Links to files are to outlive a restart.
Result<Ok> Application::Parts::load_link_key() {
  const auto path = config.data_dir + "/link.key";
  auto key = read_private_file(path);
  if (!key || key->size() < kLinkKeyBytes) {
    key = random_bytes(kLinkKeyBytes);
    if (auto written = write_private_file(path, *key); !written) return written;
  }
  links.set_key(std::move(*key));
  return Ok();
}

void Application::Parts::build_services() {
  markers = std::make_unique<Markers>(*store);
  commits.mark_deliveries_with(markers.get());
  snoozes = std::make_unique<SnoozeTimer>(*store, clock);
  commits.time_snoozes_with(snoozes.get());
  pipeline = std::make_unique<StorePipeline>(*store, *markers);
  tokens = std::make_unique<StoreTokenAuthority>(*store, clock);
  commits.forget_tokens_of(tokens.get());
  workers = std::make_unique<ThreadWorkers>(kWorkerThreads, kWaitingWork);
  login = std::make_unique<PasswordLogin>(*store, *workers, clock, config.login);
  invitations = std::make_unique<StoreInvitationLogin>(*store, *workers, clock, config.login);
  visitor_throttle = std::make_unique<dialects::VisitorThrottle>(
      clock, config.visitor_writes_per_second, config.visitor_write_burst);
  sites = std::make_unique<SiteActivity>(*store, clock);
  student_sockets = std::make_unique<dialects::student::StudentSockets>(links, bot.get());
  ticket_sockets = std::make_unique<dialects::ticket::TicketSockets>(links, bot.get());
  gateway = std::make_unique<SocketGateway>(
      GatewayParts{io.of("/"),
                   {&socket_dialect, student_sockets.get(), &order_sockets, ticket_sockets.get()},
                   *store,
                   *pipeline,
                   *tokens,
                   publisher,
                   connected,
                   *sites,
                   clock});
  gateway->attach();
  services = std::make_unique<dialects::Services>(dialects::Services{
      *pipeline, *tokens, *visitor_throttle, dialects::conversation::encode_error, links});
  student_services = std::make_unique<dialects::Services>(dialects::Services{
      *pipeline, *tokens, *visitor_throttle, dialects::student::encode_error, links});
  order_services = std::make_unique<dialects::Services>(*services);
  order_services->encode_error = dialects::order::encode_error;
  ticket_services = std::make_unique<dialects::Services>(*services);
  ticket_services->encode_error = dialects::ticket::encode_error;
  ticket_keeper = std::make_unique<TicketKeeper>(*store);
  publisher.tell_idle_to(
      [this](std::vector<delivery::IdleTicket> idle) { ticket_keeper->idle(std::move(idle)); });
  commits.erase_histories_with(ticket_keeper.get());
}

// A server whose bot cannot be read does not start: its intents are part of the program. It learns
// while the server listens.
Result<Ok> Application::Parts::start_bot() {
  auto read = StudentBot::read();
  if (!read) return read.failure();
  bot = std::move(*read);
  if (auto loaded = bot->load(*store); !loaded) return loaded;
  commits.teach(bot.get());
  waiting = std::make_unique<WaitingWatch>(
      *store, clock,
      chat::WaitingAlarmSettings{std::int64_t{config.waiting_alarm_seconds} * kSecondMs,
                                 bot.get()});
  return Ok();
}

Result<Ok> Application::Parts::add_pages(net::Router& router) {
  WebPages pages;
  pages.directory = config.web_dir.empty() ? default_web_dir() : config.web_dir;
  if (config.demo) {
    const auto demo = ensure_demo(*store, clock, config.data_dir);
    if (!demo) return demo.failure();
    boost::json::object shown;
    for (const auto* key :
         {"support_token", "inbox_id", "agent_email", "agent_password", "student_jwt"}) {
      if (const auto* value = demo->if_contains(key)) shown[key] = *value;
    }
    pages.demo_config = std::move(shown);
  }
  auto added = add_web_pages(router, pages);
  if (!added && config.web_dir.empty() && !config.demo) {
    log::warn("{}", added.error().message);
    return Ok();
  }
  return added;
}

Result<Ok> Application::Parts::start_http() {
  net::Router router;
  dialects::conversation::add_routes(router, *services, *login, *uploads, bot.get());
  dialects::order::add_routes(router, *order_services);
  dialects::admin::add_routes(router, dialects::conversation::kBasePath, *services,
                              {identity::read_host_keys, identity::read_host_secret}, *invitations);
  dialects::student::add_routes(router, {*student_services, *uploads, bot.get(), *bot});
  dialects::ticket::add_routes(router, *ticket_services, bot.get());
  dialects::add_attachment_downloads(router, *services, *blobs);
  add_health(router, io);
  if (auto pages = add_pages(router); !pages) return pages;
  io.attach(router);
  routes = router.routes();
  auto options = http_options(config);
  options.temporary_directory = blobs->incoming();
  auto started = net::HttpServer::start(std::move(options), std::move(router),
                                        [this](net::HttpServer& server) { io.start(server); });
  if (!started) return started.failure();
  http = std::move(*started);
  return Ok();
}

Result<Ok> Application::Parts::start_admin() {
  auto listening = AdminSocket::listen(commands());
  if (!listening) return listening.failure();
  admin = std::move(*listening);
  return Ok();
}

Result<std::unique_ptr<Application>> Application::start(const Config& config) {
  if (auto good = check_config(config); !good) return good.failure();
  // Destroyed on failure, what was started stops in order.
  std::unique_ptr<Application> application(new Application(std::make_unique<Parts>(config)));
  auto& parts = *application->parts_;
  if (config.demo && config.demo_conversations) {
    const auto made = make_demo_conversations(config.data_dir, parts.clock);
    if (!made) return made.failure();
  }
  if (auto opened = parts.open_store(); !opened) return opened.failure();
  if (auto opened = parts.open_blobs(); !opened) return opened.failure();
  if (auto started = parts.start_bot(); !started) return started.failure();
  parts.build_services();
  parts.dispatcher.start(*parts.store, [&parts](const delivery::AgentSignal& signal) {
    parts.publisher.signal(signal);
  });
  if (auto started = parts.start_http(); !started) return started.failure();
  if (auto started = parts.start_admin(); !started) return started.failure();
  return application;
}

Application::Application(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Application::~Application() {
  auto& parts = *parts_;
  parts.admin.reset();
  // Clients that wait for a poll are answered, so that nobody is cut.
  if (parts.http) parts.io.close_all();
  if (parts.http) parts.http->drain(std::chrono::seconds(parts.config.drain_seconds));
  if (parts.uploads) parts.uploads->stop();
  if (parts.collector) parts.collector->stop();
  if (parts.pruner) parts.pruner->stop();
  if (parts.workers) parts.workers->stop();
  parts.commits.mark_deliveries_with(nullptr);
  parts.commits.time_snoozes_with(nullptr);
  parts.commits.teach(nullptr);
  if (parts.waiting) parts.waiting->stop();
  if (parts.bot) parts.bot->stop();
  parts.commits.erase_histories_with(nullptr);
  if (parts.markers) parts.markers->stop();
  if (parts.snoozes) parts.snoozes->stop();
  parts.dispatcher.stop();
  parts.publisher.tell_idle_to(nullptr);
  if (parts.ticket_keeper) parts.ticket_keeper->stop();
  if (parts.store) parts.store->stop();
  parts.publisher.stop();
}

std::vector<std::string> Application::addresses() const { return parts_->http->addresses(); }

}  // namespace parlor::app
