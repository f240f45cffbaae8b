// What the benchmarks need to find on a Parlor server: its demo account, visitors' sessions and
// rooms, all made through its public API.
#pragma once

#include <string>
#include <vector>

#include "load/http.h"

namespace parlor::bench {

struct DemoAccount {
  std::string account_id;
  std::string inbox_id;
  std::string admin_jwt;
  std::string agent_jwt;
  std::string support_token;
};

// Runs `parlor demo --data-dir data`.
DemoAccount demo_account(const std::string& parlor, const std::string& data);

struct Visitor {
  std::string device_id;
  std::string session_id;
};

std::vector<Visitor> open_sessions(HttpClient& http, const DemoAccount& account, std::size_t count);

// Rooms of these visitors in turn; their ids as the API shows them.
std::vector<std::string> open_rooms(HttpClient& http, const DemoAccount& account,
                                    const std::vector<Visitor>& visitors, std::size_t count);

}  // namespace parlor::bench
