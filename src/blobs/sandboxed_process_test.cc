#include "blobs/sandboxed_process.h"

#include <gmock/gmock.h>

#include "support/temporary_directory.h"

namespace parlor::blobs {
namespace {

using testing::HasSubstr;

Result<std::string> shell(const std::string& script, SandboxLimits limits = {}) {
  return run_sandboxed({"/bin/sh", "-c", script}, {"PATH=/usr/bin:/bin", "A=b c"}, limits);
}

TEST(SandboxedProcess, SaysWhatTheProgramSays) {
  EXPECT_EQ(shell("printf '%s' \"$A\"; printf bad >&2").value(), "b c");
  EXPECT_EQ(shell("cat").value(), "") << "there is no input";
}

TEST(SandboxedProcess, AProgramThatFailsOrIsMissingIsAnError) {
  EXPECT_FALSE(shell("exit 3"));
  EXPECT_FALSE(shell("kill -9 $$"));
  EXPECT_FALSE(run_sandboxed({"/nonexistent/program"}, {}));
}

TEST(SandboxedProcess, InheritsNoFilesOfTheServer) {
  EXPECT_EQ(shell("ls /proc/self/fd | tr '\\n' ' '").value(), "0 1 2 3 ")
      << "3 is the directory that ls reads";
}

TEST(SandboxedProcess, HasNoNetwork) {
  // Whatever makes a socket is refused; python3 is on every machine that builds this.
  const auto tried = shell(
      "python3 -c 'import socket\ntry:\n socket.socket()\n print(\"open\")\n"
      "except PermissionError:\n print(\"refused\")'");
  ASSERT_TRUE(tried);
  EXPECT_EQ(*tried, "refused\n");
}

TEST(SandboxedProcess, IsStoppedAtItsTime) {
  SandboxLimits limits;
  limits.wall_time = std::chrono::milliseconds(200);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_FALSE(shell("sleep 60", limits));
  EXPECT_FALSE(shell("exec >&-; sleep 60", limits)) << "also when it has closed its output";
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
  limits = {};
  limits.processor_seconds = 1;
  EXPECT_FALSE(shell("while :; do :; done", limits));
}

TEST(SandboxedProcess, MemoryFilesAndOutputAreBounded) {
  SandboxLimits limits;
  limits.memory_bytes = std::size_t{256} << 20;
  EXPECT_FALSE(shell("python3 -c 'x = bytearray(1 << 30)'", limits));
  const TemporaryDirectory directory;
  limits = {};
  limits.file_bytes = 4096;
  EXPECT_FALSE(shell("exec head -c 10000 /dev/zero >" + directory.path() + "/big", limits));
  limits.output_bytes = 10;
  EXPECT_EQ(shell("head -c 100000 /dev/zero | tr '\\0' x", limits).value(), "xxxxxxxxxx");
}

}  // namespace
}  // namespace parlor::blobs
