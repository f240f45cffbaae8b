// What parlor_load is asked to do. script/bench fills in where the servers are.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace parlor::bench {

struct Options {
  std::string bench;  // fanout, send, idle, history, orders, presence or bot

  std::string parlor;  // the programs under test; a peer whose program is missing is left out
  std::string chat;
  std::string peers;  // the folder bench/peers
  std::string node = "node";
  std::string history = "parlor_history";  // the program that builds data sets
  std::string orders = "parlor_orders";    // likewise, for orders
  std::string data = "build/bench-data";   // where they are kept
  std::string work;          // an existing folder for data and logs; the caller removes it
  std::string database_url;  // of a running PostgreSQL
  pid_t postgres_pid = 0;

  std::string json;               // append one JSON line per figure set to this file
  std::vector<std::string> only;  // names of servers, all when empty
  int rounds = 2;
  double seconds = 3;
  double warmup = 1;
  std::size_t clients = 0;  // 0: 1,000 for fanout and presence, 8,000 for idle
  std::vector<int> windows = {1, 4, 32};
  std::size_t connections = 64;
  std::size_t rooms = 200;
  std::size_t students = 10'000;
  std::size_t listeners = 4;
  double settle = 30;

  bool wants(const std::string& server) const;
};

// Throws std::invalid_argument that says what is wrong.
Options parse_options(const std::vector<std::string>& words);

}  // namespace parlor::bench
