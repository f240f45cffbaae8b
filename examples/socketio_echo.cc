// What the official Socket.IO v5 conformance suite runs against: socketio_echo --port 3000
//
// Beyond the suite it has a few events more, each the smallest use of one feature, which the tests
// with real clients drive.
#include <boost/json/value.hpp>

#include "example.h"
#include "realtime/server.h"

using namespace parlor;
using realtime::Arguments;
using realtime::BroadcastAcks;
using realtime::Event;
using realtime::Next;
using realtime::Socket;

namespace {

std::string text_of(const Event& event, std::size_t index) {
  const auto value = event.json(index);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

void greet(Socket& socket) { socket.emit("auth", Arguments().add_json(socket.auth())); }

// The conformance suite's part.
void add_echo(realtime::Server& io) {
  io.on_connection(greet);
  io.of("/custom").on_connection(greet);
  io.on("message",
        [](Socket& socket, Event& event) { socket.emit("message-back", event.arguments()); });
  io.on("message-with-ack", [](Socket&, Event& event) { event.ack(event.arguments()); });
}

void add_rooms(realtime::Server& io) {
  io.on("join", [](Socket& socket, Event& event) { event.ack(socket.join(text_of(event, 0))); });
  io.on("leave", [](Socket& socket, Event& event) {
    socket.leave(text_of(event, 0));
    event.ack(true);
  });
  // say(room, text): to the room, but for the sender. say-all includes the sender.
  io.on("say", [](Socket& socket, Event& event) {
    socket.to(text_of(event, 0)).emit("said", Arguments().add_json(event.raw(1)));
  });
  io.on("say-all", [&io](Socket&, Event& event) {
    io.to(text_of(event, 0)).emit("said", Arguments().add_json(event.raw(1)));
  });
  // say-in(room a, room b, except room, text): once to each in a or b.
  io.on("say-in", [&io](Socket&, Event& event) {
    auto target = io.to(text_of(event, 0));
    target.to(text_of(event, 1)).except(text_of(event, 2));
    target.emit("said", Arguments().add_json(event.raw(3)));
  });
}

void add_acks(realtime::Server& io) {
  // ask(timeout): the server asks the client "question", and reports what it answers.
  io.on("ask", [](Socket& socket, Event& event) {
    const auto timeout = event.json(0);
    const auto wait_ms = timeout && timeout->is_int64() ? timeout->get_int64() : 1'000;
    socket.emit_with_ack(
        wait_ms, "question", Arguments::of("how?"),
        [reply = event.reply()](Result<realtime::ArgumentsView> answer) mutable {
          reply(answer ? Arguments(*answer) : Arguments::of(answer.error().message));
        });
  });
  // ask-room(room): everybody in the room is asked; the asker gets (answers, missing).
  io.on("ask-room", [&io](Socket&, Event& event) {
    io.to(text_of(event, 0))
        .emit_with_ack(500, "question", Arguments::of("all?"),
                       [reply = event.reply()](const BroadcastAcks& acks) mutable {
                         reply(acks.answers.size(), acks.missing);
                       });
  });
}

void add_disconnects(realtime::Server& io) {
  io.on("leave-me", [](Socket& socket, Event&) { socket.disconnect(); });
  io.on("close-me", [](Socket& socket, Event&) { socket.close_transport(); });
  // flood(count, bytes) and burst(count): many events at once.
  io.on("flood", [](Socket& socket, Event& event) {
    const auto count = event.json(0);
    const auto bytes = event.json(1);
    if (!count || !bytes || !count->is_int64() || !bytes->is_int64()) return;
    const std::string text(static_cast<std::size_t>(bytes->get_int64()), 'x');
    for (std::int64_t i = 0; i < count->get_int64(); ++i) socket.emit("water", i, text);
  });
  io.on("flood-volatile", [](Socket& socket, Event& event) {
    for (int i = 0; i < 100; ++i) socket.emit_volatile("drop", Arguments::of(i));
    event.ack(true);
  });
  // Only those who know the word come in; the answer takes its time.
  io.of("/guarded").use([](Socket& socket, Next next) {
    const auto auth = Arguments().add_json(socket.auth()).view().json(0);
    const auto* const object = auth ? auth->if_object() : nullptr;
    const auto* const word = object ? object->if_contains("word") : nullptr;
    if (word && *word == "sesame") return next();
    next.refuse("not authorized", R"({"code":"E1"})");
  });
  io.of("/guarded").on_connection(greet);
}

}  // namespace

int main(int argc, char** argv) {
  examples::CommandLine defaults;
  defaults.engine.engine.ping_interval_ms = 300;
  defaults.engine.engine.ping_timeout_ms = 200;
  defaults.engine.cors_origins = {"*"};
  defaults.connect_timeout_ms = 1'000;
  const auto line = examples::parse(argc, argv, "Echoes Socket.IO events", defaults);

  realtime::Options options;
  options.engine = line.engine;
  options.engine.path = "/socket.io/";
  options.connect_timeout_ms = line.connect_timeout_ms;
  realtime::Server io(options);
  add_echo(io);
  add_rooms(io);
  add_acks(io);
  add_disconnects(io);
  return examples::run(realtime::listen(io, line.http()));
}
