// What the official Engine.IO v4 conformance suite runs against: engineio_echo --port 3000
#include "example.h"
#include "realtime/engine_connection.h"
#include "realtime/server.h"

using namespace parlor;

namespace {

// Sends every message back.
class Echo final : public realtime::EngineListener {
 public:
  explicit Echo(realtime::EngineConnection& connection) : connection_(connection) {}
  void on_text(std::string_view text) override { connection_.send_text(text); }
  void on_binary(std::string_view bytes) override { connection_.send_binary(bytes); }
  void on_closed(socketio::CloseReason) override {}

 private:
  realtime::EngineConnection& connection_;
};

}  // namespace

int main(int argc, char** argv) {
  examples::CommandLine defaults;
  defaults.engine.engine.ping_interval_ms = 300;
  defaults.engine.engine.ping_timeout_ms = 200;
  defaults.engine.cors_origins = {"*"};
  const auto line = examples::parse(argc, argv, "Echoes Engine.IO messages", defaults);

  realtime::EngineServer engine(line.engine, [](realtime::EngineConnection& connection) {
    return std::make_unique<Echo>(connection);
  });
  return examples::run(realtime::listen(engine, line.http()));
}
