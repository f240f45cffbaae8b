// send: agents' messages over HTTP on keep-alive connections, each acknowledged only when durable,
// with listening sockets that must receive every one. Unit: one request.
#pragma once

#include "load/options.h"

namespace parlor::bench {

void run_send(const Options& options);

}  // namespace parlor::bench
