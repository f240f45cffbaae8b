// Every client subscribes to one topic; a text frame goes to all in it, the sender included, unchanged.
// No Socket.IO protocol: frames only, but for a "hello", which is answered. Usage: bun raw.js PORT
const server = Bun.serve({
  hostname: "127.0.0.1",
  port: Number(process.argv[2]),
  fetch(request, self) {
    if (self.upgrade(request)) return undefined;
    return new Response("WebSocket only", { status: 426 });
  },
  websocket: {
    perMessageDeflate: false,
    open(socket) {
      socket.subscribe("room");
    },
    message(socket, text) {
      if (text === "hello") return void socket.send(text);
      server.publish("room", text);
    },
  },
});
