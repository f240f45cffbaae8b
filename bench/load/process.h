// Processes of the servers under test: started, measured through /proc, stopped.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace parlor::bench {

// Processor time, user and system, of a process, all its descendants and its reaped children.
// Resolution: one tick of the kernel's accounting (10 ms), so measure for seconds.
double cpu_seconds(pid_t root);

// Resident memory of that same tree. Pages shared by several of its processes (PostgreSQL's
// buffers) count once when the kernel tells (Pss), for a single process it is RSS.
std::uint64_t resident_bytes(pid_t root);

// ServerProcess: one server, from its start to its end. It dies with this process, however that
// ends.
class ServerProcess {
 public:
  // Starts argv[0] (found through PATH) and waits until 127.0.0.1:port accepts and its output,
  // which goes to `log_file`, has said `ready`; throws after 20 s with the end of it.
  ServerProcess(std::vector<std::string> argv, std::uint16_t port, std::string log_file,
                std::string ready);
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;
  ~ServerProcess();

  pid_t pid() const { return pid_; }
  std::uint16_t port() const { return port_; }

 private:
  void wait_until_it_is_ready();
  bool is_ready() const;
  bool ended();

  pid_t pid_ = -1;
  std::uint16_t port_;
  std::string name_;
  std::string log_file_;
  std::uintmax_t log_begin_ = 0;  // what is before it an earlier process has said
  std::string ready_;
};

// Runs a command to its end and returns its standard output; throws when it fails.
std::string output_of(const std::vector<std::string>& argv);

}  // namespace parlor::bench
