// parlor_load: measures Parlor and its peers. script/bench is the way to call it.
#include <csignal>
#include <cstdio>
#include <exception>

#include "load/bot.h"
#include "load/fanout.h"
#include "load/history.h"
#include "load/idle.h"
#include "load/options.h"
#include "load/orders.h"
#include "load/presence.h"
#include "load/send.h"
#include "load/socket.h"

int main(int argc, char** argv) {
  using namespace parlor::bench;
  std::signal(SIGPIPE, SIG_IGN);
  try {
    const Options options = parse_options({argv + 1, argv + argc});
    raise_descriptor_limit();
    if (options.bench == "fanout") {
      run_fanout(options);
    } else if (options.bench == "send") {
      run_send(options);
    } else if (options.bench == "idle") {
      run_idle(options);
    } else if (options.bench == "history") {
      run_history(options);
    } else if (options.bench == "bot") {
      run_bot(options);
    } else if (options.bench == "orders") {
      run_orders(options);
    } else if (options.bench == "presence") {
      run_presence(options);
    } else {
      throw std::invalid_argument("unknown benchmark " + options.bench);
    }
    return 0;
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "parlor_load: %s\n", failure.what());
    return 1;
  }
}
