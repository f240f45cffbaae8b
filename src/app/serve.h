// `parlor serve`: the server, from start to signal.
#pragma once

#include "app/config.h"

namespace parlor::app {

// Returns when SIGTERM or SIGINT has come and everything is put away: 0, or 1 when it could not
// start.
int serve(Config config);

}  // namespace parlor::app
