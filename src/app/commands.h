// Administration from the shell: each command is a name and an object of arguments, answered by an
// object.
//
// The same commands run in the server, when one has the data directory (admin_socket.h), and in the
// program itself, when none has.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "store/store.h"

namespace parlor::app {

struct CommandContext {
  store::Store& store;
  const Clock& clock;
  std::string data_dir;
  std::vector<std::string> routes = {};  // of the running server
};

// Blocks. invalid for an unknown command or argument; else what the use case says.
Result<boost::json::object> run_command(const CommandContext& context, std::string_view name,
                                        const boost::json::object& arguments);

}  // namespace parlor::app
