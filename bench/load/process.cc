#include "load/process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <stdexcept>
#include <system_error>
#include <thread>

#include "load/socket.h"

namespace parlor::bench {
namespace {

namespace fs = std::filesystem;
using std::chrono::steady_clock;

struct Stat {
  pid_t parent = 0;
  std::uint64_t ticks = 0;
};

// proc(5): the fields behind the command name, which may itself contain spaces and parentheses.
bool read_stat(pid_t pid, Stat& stat) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
  std::string line;
  if (!std::getline(file, line)) return false;
  std::istringstream fields(line.substr(line.rfind(')') + 2));
  std::vector<std::string> field{std::istream_iterator<std::string>(fields), {}};
  constexpr std::size_t kParent = 1, kUserTicks = 11, kReapedSystemTicks = 14;
  if (field.size() <= kReapedSystemTicks) return false;
  stat.parent = static_cast<pid_t>(std::stol(field[kParent]));
  for (std::size_t n = kUserTicks; n <= kReapedSystemTicks; ++n)
    stat.ticks += std::stoull(field[n]);
  return true;
}

std::map<pid_t, Stat> tree_of(pid_t root) {
  std::map<pid_t, Stat> all;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    const auto pid = static_cast<pid_t>(std::stol(name));
    Stat stat;
    if (read_stat(pid, stat)) all[pid] = stat;
  }
  std::map<pid_t, Stat> tree;
  for (const auto& [pid, stat] : all) {
    pid_t ancestor = pid;
    while (ancestor != root && all.contains(ancestor)) ancestor = all[ancestor].parent;
    if (ancestor == root && all.contains(root)) tree[pid] = stat;
  }
  if (tree.empty()) throw std::runtime_error("the server under test has ended");
  return tree;
}

std::uint64_t kib_line(const std::string& path, const std::string& key) {
  std::ifstream file(path);
  std::string line;
  while (std::getline(file, line)) {
    if (line.starts_with(key)) return std::stoull(line.substr(key.size())) * 1024;
  }
  return 0;
}

std::vector<char*> pointers(std::vector<std::string>& argv) {
  std::vector<char*> result;
  result.reserve(argv.size() + 1);
  for (std::string& word : argv) result.push_back(word.data());
  result.push_back(nullptr);
  return result;
}

// Forks and executes; standard output and error go to the descriptors given.
pid_t spawn(std::vector<std::string> argv, int output, int errors) {
  std::vector<char*> words = pointers(argv);
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (pid > 0) return pid;
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(errors, STDERR_FILENO);
  ::execvp(words[0], words.data());
  ::_exit(127);
}

std::string tail_of(const std::string& path) {
  std::ifstream file(path);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  return text.size() > 2000 ? text.substr(text.size() - 2000) : text;
}

}  // namespace

double cpu_seconds(pid_t root) {
  std::uint64_t ticks = 0;
  for (const auto& [pid, stat] : tree_of(root)) ticks += stat.ticks;
  return static_cast<double>(ticks) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::uint64_t resident_bytes(pid_t root) {
  const auto tree = tree_of(root);
  std::uint64_t sum = 0;
  for (const auto& [pid, stat] : tree) {
    const std::string folder = "/proc/" + std::to_string(pid);
    const std::uint64_t share = tree.size() > 1 ? kib_line(folder + "/smaps_rollup", "Pss:") : 0;
    sum += share > 0 ? share : kib_line(folder + "/status", "VmRSS:");
  }
  return sum;
}

ServerProcess::ServerProcess(std::vector<std::string> argv, std::uint16_t port,
                             std::string log_file, std::string ready)
    : port_(port), name_(argv.at(0)), log_file_(std::move(log_file)), ready_(std::move(ready)) {
  const Fd log(::open(log_file_.c_str(), O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC, 0600));
  if (!log) throw std::system_error(errno, std::generic_category(), log_file_);
  log_begin_ = std::filesystem::file_size(log_file_);
  pid_ = spawn(std::move(argv), log.get(), log.get());
  wait_until_it_is_ready();
}

bool ServerProcess::is_ready() const {
  if (!try_connect(port_, std::chrono::seconds(1))) return false;
  std::ifstream log(log_file_);
  log.seekg(static_cast<std::streamoff>(log_begin_));
  const std::string said{std::istreambuf_iterator<char>(log), {}};
  return said.find(ready_) != std::string::npos;
}

void ServerProcess::wait_until_it_is_ready() {
  const auto limit = steady_clock::now() + std::chrono::seconds(20);
  while (!is_ready()) {
    const bool gone = ended();
    if (gone || steady_clock::now() > limit) {
      throw std::runtime_error(name_ + (gone ? " ended" : " is not ready") + ":\n" +
                               tail_of(log_file_));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

bool ServerProcess::ended() {
  if (pid_ > 0 && ::waitpid(pid_, nullptr, WNOHANG) == pid_) pid_ = -1;
  return pid_ < 0;
}

ServerProcess::~ServerProcess() {
  if (ended()) return;
  ::kill(pid_, SIGTERM);
  const auto limit = steady_clock::now() + std::chrono::seconds(5);
  while (!ended() && steady_clock::now() < limit) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  if (ended()) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

std::string output_of(const std::vector<std::string>& argv) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0)
    throw std::system_error(errno, std::generic_category(), "pipe");
  const Fd reader(ends[0]);
  Fd writer(ends[1]);
  const pid_t pid = spawn(argv, writer.get(), STDERR_FILENO);
  writer.close();
  std::string text;
  char chunk[4096];
  for (ssize_t got; (got = ::read(reader.get(), chunk, sizeof chunk)) > 0;) {
    text.append(chunk, static_cast<std::size_t>(got));
  }
  int status = 0;
  ::waitpid(pid, &status, 0);
  if (status != 0) throw std::runtime_error(argv.at(0) + " failed");
  return text;
}

}  // namespace parlor::bench
