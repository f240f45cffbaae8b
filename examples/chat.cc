// The smallest chat: everybody is in one room, and a "msg" goes to all in it, the sender included.
//
//   chat --port 3000
//
//   const socket = io("http://localhost:3000");          // socket.io-client
//   socket.on("msg", (text) => console.log(text));
//   socket.emit("msg", "hello");
#include "example.h"
#include "realtime/server.h"

using namespace parlor;
using realtime::Event;
using realtime::Socket;

int main(int argc, char** argv) {
  examples::CommandLine defaults;
  defaults.engine.cors_origins = {"*"};
  const auto line = examples::parse(argc, argv, "A chat of one room", defaults);

  realtime::Options options;
  options.engine = line.engine;
  options.engine.path = "/socket.io/";
  options.connect_timeout_ms = line.connect_timeout_ms;
  realtime::Server io(options);

  io.on_connection([](Socket& socket) { socket.join("everybody"); });

  // The arguments go on as the text that they came as: nothing is parsed or written again.
  io.on("msg", [&io](Socket&, Event& event) { io.to("everybody").emit("msg", event.arguments()); });

  return examples::run(realtime::listen(io, line.http()));
}
