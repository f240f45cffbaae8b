#include "app/config.h"

#include <toml++/toml.h>
#include <algorithm>
#include <functional>
#include <map>
#include <sstream>
#include <string_view>

namespace parlor::app {
namespace {

constexpr unsigned kMostThreads = 256;

constexpr std::size_t kMostUploadBytes = std::size_t{1} << 30;

// Less would close clients in the middle of an ordinary page.
constexpr std::size_t kLeastOutgoingBytes = 64 * 1024;

using Read = std::function<bool(const toml::node&)>;

Read into(std::string& target) {
  return [&target](const toml::node& node) {
    const auto value = node.value_exact<std::string>();
    if (value) target = *value;
    return value.has_value();
  };
}

Read into(bool& target) {
  return [&target](const toml::node& node) {
    const auto value = node.value_exact<bool>();
    if (value) target = *value;
    return value.has_value();
  };
}

template <class Integer>
requires(std::integral<Integer> && !std::same_as<Integer, bool>) Read into(Integer& target) {
  return [&target](const toml::node& node) {
    const auto value = node.value_exact<std::int64_t>();
    if (!value || *value < 0 || *value > INT32_MAX) return false;
    target = static_cast<Integer>(*value);
    return true;
  };
}

// One string, or an array of them.
Read into(std::vector<std::string>& target) {
  return [&target](const toml::node& node) {
    if (const auto one = node.value_exact<std::string>()) {
      target = {*one};
      return true;
    }
    const auto* array = node.as_array();
    if (!array) return false;
    target.clear();
    for (const auto& item : *array) {
      const auto text = item.value_exact<std::string>();
      if (!text) return false;
      target.push_back(*text);
    }
    return true;
  };
}

std::map<std::string_view, Read> keys_of(Config& config) {
  return {
      {"listen", into(config.listen)},
      {"data_dir", into(config.data_dir)},
      {"threads", into(config.threads)},
      {"demo", into(config.demo)},
      {"demo_conversations", into(config.demo_conversations)},
      {"public_url", into(config.public_url)},
      {"trusted_proxy", into(config.trusted_proxies)},
      {"web_dir", into(config.web_dir)},
      {"log_level", into(config.log_level)},
      {"connections_per_address", into(config.connections_per_address)},
      {"new_connections_per_second", into(config.new_connections_per_second)},
      {"max_connections", into(config.max_connections)},
      {"outgoing_bytes", into(config.outgoing_bytes)},
      {"outgoing_budget_bytes", into(config.outgoing_budget_bytes)},
      {"visitor_writes_per_second", into(config.visitor_writes_per_second)},
      {"visitor_write_burst", into(config.visitor_write_burst)},
      {"max_upload_bytes", into(config.max_upload_bytes)},
      {"disk_reserve_bytes", into(config.disk_reserve_bytes)},
      {"login_burst_per_address", into(config.login.per_address.burst)},
      {"login_per_minute_per_address", into(config.login.per_address.a_minute)},
      {"login_burst_per_email", into(config.login.per_email.burst)},
      {"login_per_minute_per_email", into(config.login.per_email.a_minute)},
      {"away_after_seconds", into(config.away_after_seconds)},
      {"ticket_presence_seconds", into(config.ticket_presence_seconds)},
      {"away_return_seconds", into(config.away_return_seconds)},
      {"waiting_alarm_seconds", into(config.waiting_alarm_seconds)},
      {"drain_seconds", into(config.drain_seconds)},
  };
}

bool is_loopback(std::string_view listen) {
  const auto host = listen.substr(0, listen.rfind(':'));
  return host == "localhost" || host == "[::1]" || host.starts_with("127.");
}

}  // namespace

Result<Ok> read_config_file(const std::string& path, Config& config) {
  toml::table table;
  try {
    table = toml::parse_file(path);
  } catch (const toml::parse_error& error) {
    std::ostringstream message;
    message << path << ", line " << error.source().begin.line << ": " << error.description();
    return fail(ErrorCode::invalid, message.str());
  }
  const auto keys = keys_of(config);
  for (const auto& [key, node] : table) {
    const auto found = keys.find(key.str());
    if (found == keys.end()) {
      return fail(ErrorCode::invalid, path + ": unknown key " + std::string(key.str()) +
                                          "; docs/configuration.md lists them");
    }
    if (!found->second(node)) {
      return fail(ErrorCode::invalid, path + ": " + std::string(key.str()) + " has the wrong type");
    }
  }
  return Ok();
}

namespace {

bool is_public_url(std::string_view url) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (url.starts_with(scheme)) return url.size() > scheme.size() && !url.ends_with('/');
  }
  return false;
}

Result<Ok> check_values(const Config& config) {
  constexpr std::string_view kLevels[] = {"debug", "info", "warn", "error"};
  if (std::find(std::begin(kLevels), std::end(kLevels), config.log_level) == std::end(kLevels)) {
    return fail(ErrorCode::invalid, "the log level is one of debug, info, warn, error");
  }
  if (!config.public_url.empty() && !is_public_url(config.public_url)) {
    return fail(ErrorCode::invalid,
                "the public URL looks like https://chat.example.com, without a slash at the end");
  }
  if (config.outgoing_bytes < kLeastOutgoingBytes ||
      config.outgoing_budget_bytes < config.outgoing_bytes) {
    return fail(ErrorCode::invalid, "outgoing_bytes must be at least " +
                                        std::to_string(kLeastOutgoingBytes) +
                                        " and no more than outgoing_budget_bytes");
  }
  if (config.threads > kMostThreads) {
    return fail(ErrorCode::invalid, "threads must be at most " + std::to_string(kMostThreads));
  }
  if (config.max_upload_bytes == 0 || config.max_upload_bytes > kMostUploadBytes) {
    return fail(ErrorCode::invalid, "max_upload_bytes must be from 1 to 1073741824");
  }
  if (config.max_connections == 0) {
    return fail(ErrorCode::invalid, "max_connections must be at least 1");
  }
  if (config.ticket_presence_seconds < 1) {
    return fail(ErrorCode::invalid, "ticket_presence_seconds must be at least 1");
  }
  return Ok();
}

}  // namespace

Result<Ok> check_config(const Config& config) {
  if (auto values = check_values(config); !values) return values;
  if (config.listen.empty())
    return fail(ErrorCode::invalid, "say where to listen: --listen 127.0.0.1:8000");
  if (!config.demo) return Ok();
  for (const auto& address : config.listen) {
    if (is_loopback(address)) continue;
    return fail(ErrorCode::invalid,
                "--demo hands out its password to everybody and listens on loopback only, not on " +
                    address);
  }
  return Ok();
}

}  // namespace parlor::app
