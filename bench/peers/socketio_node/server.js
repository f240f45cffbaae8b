// Every client is in one room; an event `msg` goes to all in it, the sender included, its argument unchanged.
// WebSocket only, perMessageDeflate off (the default). Usage: node server.js PORT
import { createServer } from "node:http";
import { Server } from "socket.io";

const http = createServer();
const io = new Server(http, { transports: ["websocket"] });

io.on("connection", (socket) => {
  socket.join("room");
  socket.on("msg", (text) => io.to("room").emit("msg", text));
});

http.listen({ port: Number(process.argv[2]), host: "127.0.0.1", backlog: 4096 });
