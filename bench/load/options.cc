#include "load/options.h"

#include <algorithm>
#include <functional>
#include <map>
#include <sstream>
#include <stdexcept>

namespace parlor::bench {
namespace {

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  std::istringstream in(text);
  for (std::string part; std::getline(in, part, ',');) parts.push_back(part);
  return parts;
}

using Setter = std::function<void(Options&, const std::string&)>;

Setter text(std::string Options::*field) {
  return [field](Options& options, const std::string& value) { options.*field = value; };
}

Setter count(std::size_t Options::*field, std::size_t most) {
  return [field, most](Options& options, const std::string& value) {
    options.*field = std::stoul(value);
    if (options.*field < 1 || options.*field > most) throw std::out_of_range(value);
  };
}

Setter seconds(double Options::*field) {
  return [field](Options& options, const std::string& value) {
    options.*field = std::stod(value);
    if (!(options.*field >= 0.1 && options.*field <= 600)) throw std::out_of_range(value);
  };
}

void set_windows(Options& options, const std::string& value) {
  options.windows.clear();
  for (const std::string& part : split(value)) {
    options.windows.push_back(std::stoi(part));
    if (options.windows.back() < 1 || options.windows.back() > 256) throw std::out_of_range(part);
  }
}

const std::map<std::string, Setter>& setters() {
  static const std::map<std::string, Setter> all{
      {"--parlor", text(&Options::parlor)},
      {"--chat", text(&Options::chat)},
      {"--peers", text(&Options::peers)},
      {"--node", text(&Options::node)},
      {"--history", text(&Options::history)},
      {"--orders", text(&Options::orders)},
      {"--data", text(&Options::data)},
      {"--work", text(&Options::work)},
      {"--postgres-pid", [](Options& o, const std::string& v) { o.postgres_pid = std::stoi(v); }},
      {"--json", text(&Options::json)},
      {"--only", [](Options& o, const std::string& v) { o.only = split(v); }},
      {"--rounds", [](Options& o, const std::string& v) { o.rounds = std::stoi(v); }},
      {"--seconds", seconds(&Options::seconds)},
      {"--warmup", seconds(&Options::warmup)},
      {"--settle", seconds(&Options::settle)},
      {"--windows", set_windows},
      {"--clients", count(&Options::clients, 100'000)},
      {"--connections", count(&Options::connections, 10'000)},
      {"--rooms", count(&Options::rooms, 100'000)},
      {"--students", count(&Options::students, 100'000)},
      {"--listeners", count(&Options::listeners, 1'000)},
  };
  return all;
}

}  // namespace

bool Options::wants(const std::string& server) const {
  return only.empty() || std::find(only.begin(), only.end(), server) != only.end();
}

Options parse_options(const std::vector<std::string>& words) {
  Options options;
  if (words.empty()) {
    throw std::invalid_argument("say fanout, send, idle, history, orders, presence or bot");
  }
  options.bench = words[0];
  for (std::size_t n = 1; n < words.size(); n += 2) {
    const auto setter = setters().find(words[n]);
    if (setter == setters().end()) throw std::invalid_argument("unknown option " + words[n]);
    if (n + 1 == words.size()) throw std::invalid_argument(words[n] + " needs a value");
    try {
      setter->second(options, words[n + 1]);
    } catch (const std::logic_error&) {
      throw std::invalid_argument(words[n] + " cannot be " + words[n + 1]);
    }
  }
  if (options.work.empty()) throw std::invalid_argument("--work DIR is needed");
  return options;
}

}  // namespace parlor::bench
