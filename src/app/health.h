// GET /health for load balancers, GET /metrics for Prometheus (from this machine only).
#pragma once

#include "net/router.h"
#include "realtime/server.h"

namespace parlor::app {

void add_health(net::Router& router, realtime::Server& io);

}  // namespace parlor::app
