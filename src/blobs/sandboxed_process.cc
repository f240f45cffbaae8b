#include "blobs/sandboxed_process.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>

namespace parlor::blobs {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr int kCouldNotStart = 127;
constexpr rlim_t kMostOpenFiles = 64;

#if defined(__x86_64__)
constexpr unsigned kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr unsigned kArchitecture = AUDIT_ARCH_AARCH64;
#else
#error "name this processor's AUDIT_ARCH_… here"
#endif

void limit(int resource, rlim_t most) {
  const rlimit value{most, most};
  if (::setrlimit(static_cast<__rlimit_resource>(resource), &value) != 0) ::_exit(kCouldNotStart);
}

// From here to exec only what is safe between fork and exec: system calls on prepared memory.
void forbid_sockets() {
  constexpr unsigned kRefuse = SECCOMP_RET_ERRNO | EACCES;
  // Another architecture's calls have other numbers: refused all together.
  static sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kArchitecture, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, kRefuse),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_socket, 3, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_io_uring_setup, 2, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_ptrace, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
      BPF_STMT(BPF_RET | BPF_K, kRefuse),
  };
  static const sock_fprog program{sizeof(filter) / sizeof(filter[0]), filter};
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
      ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
    ::_exit(kCouldNotStart);
  }
}

[[noreturn]] void become(char* const* arguments, char* const* variables, int output,
                         const SandboxLimits& limits, pid_t parent) {
  // Not to outlive a server that is killed; it may have been before this took effect.
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(kCouldNotStart);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  if (::dup2(nowhere, STDIN_FILENO) < 0 || ::dup2(output, STDOUT_FILENO) < 0 ||
      ::dup2(nowhere, STDERR_FILENO) < 0) {
    ::_exit(kCouldNotStart);
  }
  ::syscall(SYS_close_range, STDERR_FILENO + 1, ~0U, 0);
  limit(RLIMIT_AS, limits.memory_bytes);
  limit(RLIMIT_CPU, limits.processor_seconds);
  limit(RLIMIT_FSIZE, limits.file_bytes);
  limit(RLIMIT_NOFILE, kMostOpenFiles);
  limit(RLIMIT_CORE, 0);
  forbid_sockets();
  ::execve(arguments[0], arguments, variables);
  ::_exit(kCouldNotStart);
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (auto& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// Everything until its end or the deadline; what is beyond `most` is read and dropped.
std::string read_until(int input, SteadyClock::time_point deadline, std::size_t most, bool& ended) {
  std::string output;
  std::array<char, 4096> piece;
  ended = false;
  while (!ended) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - SteadyClock::now());
    pollfd waiting{input, POLLIN, 0};
    const int ready =
        ::poll(&waiting, 1, static_cast<int>(std::max<std::int64_t>(0, left.count())));
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return output;
    const auto count = ::read(input, piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    ended = count <= 0;
    if (ended) break;
    const auto wanted = std::min(static_cast<std::size_t>(count), most - output.size());
    output.append(piece.data(), wanted);
  }
  return output;
}

// The exit status; -1 for a program that was stopped, or has to be at the deadline.
int wait_for(pid_t child, bool ended, SteadyClock::time_point deadline) {
  constexpr std::chrono::milliseconds kGrace{1'000};
  // Its output has ended, so it is about to end itself; what closes its output and goes on is not
  // waited for.
  const auto patience = ended ? std::min(deadline, SteadyClock::now() + kGrace) : deadline;
  int status = 0;
  while (true) {
    const pid_t done = ::waitpid(child, &status, ended ? WNOHANG : 0);
    if (done == child) break;
    if (done < 0 && errno != EINTR) return -1;
    if (done != 0) continue;
    if (SteadyClock::now() >= patience) {
      ::kill(child, SIGKILL);
      ended = false;
      continue;
    }
    constexpr timespec kMoment{0, 1'000'000};
    ::nanosleep(&kMoment, nullptr);
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

std::string find_program(const std::string& name) {
  for (const auto* directory : {"/usr/local/bin/", "/usr/bin/", "/bin/"}) {
    auto path = directory + name;
    if (::access(path.c_str(), X_OK) == 0) return path;
  }
  return {};
}

Result<std::string> run_sandboxed(const std::vector<std::string>& command,
                                  const std::vector<std::string>& variables,
                                  const SandboxLimits& limits) {
  auto argument_texts = command;
  auto variable_texts = variables;
  const auto arguments = pointers_to(argument_texts);
  const auto environment = pointers_to(variable_texts);
  std::array<int, 2> output;
  if (::pipe2(output.data(), O_CLOEXEC) != 0) return fail(ErrorCode::unavailable, "no pipe");
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child == 0) become(arguments.data(), environment.data(), output[1], limits, parent);
  ::close(output[1]);
  if (child < 0) {
    ::close(output[0]);
    return fail(ErrorCode::unavailable, "no process for " + command[0]);
  }
  const auto deadline = SteadyClock::now() + limits.wall_time;
  bool ended = false;
  auto said = read_until(output[0], deadline, limits.output_bytes, ended);
  ::close(output[0]);
  if (!ended) ::kill(child, SIGKILL);
  const int status = wait_for(child, ended, deadline);
  if (status != 0) {
    return fail(ErrorCode::unavailable, command[0] + " failed with " + std::to_string(status));
  }
  return said;
}

}  // namespace parlor::blobs
