// The command line of `parlor` (docs/configuration.md).
#pragma once

namespace parlor::app {

// The process's exit code: 0, 1 for a command that failed, CLI11's own for a command line that
// cannot be read.
int run_command_line(int argc, char** argv);

}  // namespace parlor::app
