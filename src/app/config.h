// What `parlor serve` can be told, by flag, environment or file (docs/configuration.md). A flag
// wins over the environment, the environment over the file.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "identity/login_throttle.h"

namespace parlor::app {

struct Config {
  std::vector<std::string> listen = {"127.0.0.1:8000"};
  std::string data_dir = "data";
  unsigned threads = 0;  // I/O threads; 0 = as many as the machine has processors
  bool demo = false;
  bool demo_conversations = false;  // with the demo account, if it is made now
  std::string public_url;           // "https://chat.example.com"; empty = what each request says
  std::vector<std::string> trusted_proxies;  // CIDR
  std::string web_dir;                       // empty = beside the program
  std::string log_level = "info";

  unsigned connections_per_address = 1'000;
  unsigned new_connections_per_second = 200;  // of one address
  std::size_t max_connections = 100'000;
  std::size_t outgoing_bytes = 1024 * 1024;        // waiting for one client
  std::size_t outgoing_budget_bytes = 256u << 20;  // waiting in the whole process
  unsigned visitor_writes_per_second = 20;
  unsigned visitor_write_burst = 100;
  std::size_t max_upload_bytes = 25u << 20;     // of one file
  std::size_t disk_reserve_bytes = 256u << 20;  // that uploads leave free
  identity::LoginLimits login;
  int away_after_seconds = 60;           // without a connection, an agent is away
  int away_return_seconds = 600;         // rooms of an agent who is away go back to the queue
  int waiting_alarm_seconds = 4 * 3600;  // students who wait for a person for so long are an alarm
  int ticket_presence_seconds = 45;      // a member of a ticket's room lives so long from each sign
  int drain_seconds = 10;
};

// Reads a TOML file over `config`. invalid, naming file, line or key, for what cannot be read, for
// unknown keys and wrong types.
Result<Ok> read_config_file(const std::string& path, Config& config);

// Refuses combinations that would surprise: --demo beyond loopback.
Result<Ok> check_config(const Config& config);

}  // namespace parlor::app
