#include "app/command_line.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>
#include <thread>

#include "app/admin_socket.h"
#include "app/bot_commands.h"
#include "app/commit_publisher.h"
#include "app/order_import.h"
#include "app/serve.h"
#include "base/clock.h"
#include "base/digest.h"
#include "base/log.h"
#include "base/utf8.h"
#include "store/sqlite/sqlite_store.h"

namespace parlor::app {

namespace json = boost::json;

namespace {

constexpr int kFailed = 1;

// Done by the server that has the data directory, or here when none has. Nothing when somebody has
// it and does not answer; `why` says who.
std::optional<Result<json::object>> try_execute(const std::string& data_dir,
                                                std::string_view command,
                                                const json::object& arguments, Error& why) {
  if (auto answer = ask_running_server(data_dir, command, arguments)) return *answer;
  // A mistyped directory must not become an empty store that is then "backed up".
  const bool makes_a_store = command == "account.create" || command == "demo";
  if (!makes_a_store && !store::SqliteStore::exists(data_dir)) {
    return fail(ErrorCode::not_found, "there is no Parlor data in " + data_dir +
                                          "; name the server's directory with --data-dir");
  }
  const SystemClock clock;
  QuietListener listener;
  store::SqliteStore::Options options;
  options.directory = data_dir;
  auto store = store::SqliteStore::open(options, clock, listener);
  if (!store) {
    if (store.error().code != ErrorCode::conflict) return store.failure();
    why = store.error();
    return std::nullopt;
  }
  auto answer = run_command({**store, clock, data_dir}, command, arguments);
  (*store)->stop();
  return answer;
}

// A server that starts, another command, are waited for.
Result<json::object> execute(const std::string& data_dir, std::string_view command,
                             const json::object& arguments) {
  constexpr std::chrono::seconds kPatience{30};
  constexpr std::chrono::milliseconds kPause{100};
  const auto end = std::chrono::steady_clock::now() + kPatience;
  Error why;
  for (bool has_told = false;; has_told = true) {
    if (auto answer = try_execute(data_dir, command, arguments, why)) return *answer;
    if (std::chrono::steady_clock::now() >= end) return Failure(why);
    if (!has_told) {
      std::cerr << "parlor: " << why.message << "\n"
                << "parlor: waiting for it to answer, " << kPatience.count() << " s at most\n";
    }
    std::this_thread::sleep_for(kPause);
  }
}

int print(const Result<json::object>& answer) {
  if (!answer) {
    std::cerr << "parlor: " << answer.error().message << "\n";
    return kFailed;
  }
  std::cout << json::serialize(*answer) << "\n";
  return 0;
}

// One command of the shell: its options become the fields of its arguments.
class ShellCommand {
 public:
  ShellCommand(CLI::App& parent, const std::string& name, std::string command,
               const std::string& help)
      : app_(parent.add_subcommand(name, help)), command_(std::move(command)) {
    app_->add_option("--data-dir", data_dir_, "the server's data directory")->capture_default_str();
  }

  ShellCommand& text(const std::string& flag, const std::string& field, const std::string& help,
                     bool required = false) {
    auto* option = app_->add_option_function<std::string>(
        flag, [this, field](const std::string& value) { arguments_[field] = value; }, help);
    if (required) option->required();
    return *this;
  }
  // Made absolute here: a running server stands in another directory.
  ShellCommand& path(const std::string& flag, const std::string& field, const std::string& help) {
    app_->add_option_function<std::string>(
            flag,
            [this, field](const std::string& value) {
              std::error_code error;
              arguments_[field] = std::filesystem::absolute(value, error).string();
              if (error) throw CLI::ValidationError(field, "is no path: " + error.message());
            },
            help)
        ->required();
    return *this;
  }
  ShellCommand& flag(const std::string& flag, const std::string& field, const std::string& help) {
    app_->add_flag_callback(
        flag, [this, field] { arguments_[field] = true; }, help);
    return *this;
  }
  ShellCommand& number(const std::string& flag, const std::string& field, const std::string& help) {
    app_->add_option_function<std::int64_t>(
        flag, [this, field](std::int64_t value) { arguments_[field] = value; }, help);
    return *this;
  }
  ShellCommand& texts(const std::string& flag, const std::string& field, const std::string& help) {
    app_->add_option_function<std::vector<std::string>>(
        flag,
        [this, field](const std::vector<std::string>& values) {
          arguments_[field] = json::array(values.begin(), values.end());
        },
        help);
    return *this;
  }
  ShellCommand& account() {
    return text("--account", "account", "the account's id; not needed when there is only one");
  }
  // The password comes by standard input: arguments are seen by everybody on the machine.
  ShellCommand& password() {
    app_->add_flag("--password-stdin", reads_password_,
                   "read the password from the first line of standard input");
    return *this;
  }
  // A file's content as a field.
  ShellCommand& file(const std::string& flag, const std::string& field, const std::string& help) {
    app_->add_option_function<std::string>(
            flag,
            [this, field](const std::string& path) {
              std::ifstream in(path, std::ios::binary);
              std::ostringstream content;
              content << in.rdbuf();
              arguments_[field] = base64url_encode(content.str());
            },
            help)
        ->required()
        ->check(CLI::ExistingFile);
    return *this;
  }

  bool chosen() const { return app_->parsed(); }
  int run() {
    if (reads_password_) {
      std::string password;
      std::getline(std::cin, password);
      arguments_["password"] = password;
    }
    if (!is_utf8(json::serialize(arguments_))) {
      return print(fail(ErrorCode::invalid, "what a command is given must be valid UTF-8"));
    }
    return print(execute(data_dir_, command_, arguments_));
  }

 private:
  CLI::App* app_;
  std::string command_;
  std::string data_dir_ = "data";
  bool reads_password_ = false;
  json::object arguments_;
};

using ShellCommands = std::vector<std::unique_ptr<ShellCommand>>;

ShellCommand& add(ShellCommands& commands, CLI::App& parent, const std::string& name,
                  const std::string& command, const std::string& help) {
  commands.push_back(std::make_unique<ShellCommand>(parent, name, command, help));
  return *commands.back();
}

CLI::App& group(CLI::App& app, const std::string& name, const std::string& help) {
  auto* sub = app.add_subcommand(name, help);
  sub->require_subcommand(1);
  return *sub;
}

void add_account_commands(CLI::App& app, ShellCommands& commands) {
  auto& accounts = group(app, "account", "companies that share this server");
  add(commands, accounts, "create", "account.create", "make an account")
      .text("--name", "name", "its name", true);
  add(commands, accounts, "list", "account.list", "every account");
  add(commands, accounts, "add-key", "account.add-key", "accept tokens of the host application")
      .account()
      .flag("--secret", "secret", "the file is a shared secret")
      .file("--file", "material",
            "a JWKS file, a public key in PEM, or a shared secret (32 bytes or more)")
      .text("--key-id", "key_id", "the `kid` of its tokens");
  add(commands, accounts, "keys", "account.keys", "the host application's keys").account();
  add(commands, accounts, "remove-key", "account.remove-key",
      "accept no more tokens that were signed with a key")
      .account()
      .text("--key", "key", "its fingerprint, as `account keys` says it", true);
}

void add_agent_commands(CLI::App& app, ShellCommands& commands) {
  auto& agents = group(app, "agent", "the people who answer");
  add(commands, agents, "create", "agent.create", "make an agent")
      .account()
      .text("--name", "name", "shown to customers", true)
      .text("--email", "email", "for signing in; unique on the server", true)
      .text("--role", "role", "agent or admin")
      .text("--external-id", "external_id", "`sub` in the host application's tokens")
      .number("--capacity", "capacity", "open rooms that routing gives at most")
      .password();
  add(commands, agents, "list", "agent.list", "the account's agents").account();
  add(commands, agents, "password", "agent.password", "set a password; ends earlier sign-ins")
      .account()
      .text("--agent", "agent", "e-mail or id", true)
      .password();
  add(commands, agents, "revoke", "agent.revoke", "end every token of an agent")
      .account()
      .text("--agent", "agent", "e-mail or id", true);
}

void add_inbox_commands(CLI::App& app, ShellCommands& commands) {
  auto& inboxes = group(app, "inbox", "the doors through which customers write");
  add(commands, inboxes, "create", "inbox.create", "make an inbox")
      .account()
      .text("--name", "name", "its name", true)
      .text("--icon", "icon", "its icon")
      .text("--channel", "channel", "widget, student, order or ticket")
      .text("--algorithm", "algorithm", "round_robin, load_based or manual")
      .text("--visibility", "visibility", "assigned or inbox: who sees assigned rooms")
      .text("--bot", "bot", "on or off: whether the bot answers first");
  add(commands, inboxes, "update", "inbox.update", "change an inbox")
      .account()
      .text("--inbox", "inbox", "the inbox's id", true)
      .text("--bot", "bot", "on or off: whether the bot answers first", true);
  add(commands, inboxes, "list", "inbox.list", "the account's inboxes").account();
  for (const auto* change : {"add-member", "remove-member"}) {
    add(commands, inboxes, change, std::string("inbox.") + change, "change who answers in an inbox")
        .account()
        .text("--inbox", "inbox", "the inbox's id", true)
        .text("--agent", "agent", "e-mail or id", true);
  }
}

void add_token_commands(CLI::App& app, ShellCommands& commands) {
  auto& tokens = group(app, "token", "support tokens: the web sites that may open the widget");
  add(commands, tokens, "create", "token.create", "make a token; it is shown once")
      .account()
      .text("--name", "name", "the site's name")
      .texts("--domain", "domain", "a host that may use it; several are allowed, none means any")
      .number("--expiry-time", "expiry_time", "milliseconds since 1970; 0 = never");
  add(commands, tokens, "list", "token.list", "the account's tokens").account();
  add(commands, tokens, "revoke", "token.revoke", "end a token and its connections")
      .account()
      .text("--token", "token", "the token's id", true);
}

// `parlor import orders FILE.json`.
struct ImportCommand {
  explicit ImportCommand(CLI::App& app)
      : orders(group(app, "import", "bring in what another system holds")
                   .add_subcommand("orders", "rooms of orders, as fetchRoomByUserAgent answers")) {
    orders->add_option("file", options.file, "{\"roomData\":[…]} or the array alone")
        ->required()
        ->check(CLI::ExistingFile);
    orders->add_option("--data-dir", options.data_dir, "the server's data directory")
        ->capture_default_str();
    orders->add_option("--account", options.account,
                       "the account's id; not needed when only one has a client code");
  }

  CLI::App* orders;
  ImportOptions options;
};

// `parlor serve` reads into `flags`; what was given wins over the file.
struct ServeCommand {
  explicit ServeCommand(CLI::App& parent) : app(parent.add_subcommand("serve", "run the server")) {
    app->add_option("--config", file, "a TOML file, see docs/configuration.md")
        ->envname("PARLOR_CONFIG")
        ->check(CLI::ExistingFile);
    option("--listen", &Config::listen, "PARLOR_LISTEN",
           "ADDRESS:PORT; may be given more than once");
    option("--data-dir", &Config::data_dir, "PARLOR_DATA_DIR", "where everything is kept");
    option("--threads", &Config::threads, "PARLOR_THREADS",
           "I/O threads; 0 = one for each processor");
    option("--public-url", &Config::public_url, "PARLOR_PUBLIC_URL",
           "what people see: https://chat.example.com");
    option("--trusted-proxy", &Config::trusted_proxies, "PARLOR_TRUSTED_PROXY",
           "CIDR of a proxy whose X-Forwarded-For is believed; may be given more than once");
    option("--web-dir", &Config::web_dir, "PARLOR_WEB_DIR", "the built pages");
    option("--log-level", &Config::log_level, "PARLOR_LOG_LEVEL", "debug, info, warn, error");
    app->add_flag("--demo", demo, "make a demo account and show its login at /demo; loopback only");
    app->add_flag("--demo-conversations", demo_conversations,
                  "with --demo: a new demo account begins with some forty conversations");
  }

  template <class Value>
  void option(const std::string& flag, Value Config::*member, const std::string& variable,
              const std::string& help) {
    app->add_option_function<Value>(
           flag,
           [this, member](const Value& value) {
             given.push_back([member, value](Config& config) { config.*member = value; });
           },
           help)
        ->envname(variable);
  }

  int run() {
    Config config;
    if (!file.empty()) {
      if (const auto read = read_config_file(file, config); !read) {
        log::error("{}", read.error().message);
        return kFailed;
      }
    }
    for (const auto& set : given) set(config);
    if (demo) config.demo = true;
    if (demo_conversations) config.demo_conversations = true;
    return serve(config);
  }

  CLI::App* app;
  std::string file;
  bool demo = false;
  bool demo_conversations = false;
  std::vector<std::function<void(Config&)>> given;
};

// Answers go to standard output, the log to standard error.
void log_to_stderr() {
  spdlog::set_default_logger(spdlog::stderr_logger_mt("parlor"));
  spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%e %l %v");
}

}  // namespace

int run_command_line(int argc, char** argv) {
  // Everything that is written holds keys or messages: for this user alone.
  ::umask(077);
  log_to_stderr();
  CLI::App app("Parlor: a support-chat server", "parlor");
  app.require_subcommand(1);
  app.set_version_flag("--version", PARLOR_VERSION);

  ServeCommand serve_command(app);
  ShellCommands commands;
  add(commands, app, "demo", "demo", "make the demo account (once) and print its ids and tokens");
  add_account_commands(app, commands);
  add_agent_commands(app, commands);
  add_inbox_commands(app, commands);
  add_token_commands(app, commands);
  const ImportCommand import_command(app);
  add(commands, app, "routes", "routes", "the calls and pages that the running server answers");
  add(commands, app, "backup", "backup", "make a consistent copy of the data, also while serving")
      .path("to", "to", "where to; must not exist yet");

  const BotCommands bot_commands(app);

  CLI11_PARSE(app, argc, argv);
  try {
    if (serve_command.app->parsed()) return serve_command.run();
    if (import_command.orders->parsed()) return import_orders(import_command.options);
    if (bot_commands.chosen()) return bot_commands.run();
    for (const auto& command : commands) {
      if (command->chosen()) return command->run();
    }
  } catch (const std::exception& error) {
    std::cerr << "parlor: " << error.what() << "\n";
  }
  return kFailed;
}

}  // namespace parlor::app
