// POST /api/conversation-v2/support/message on Bun.serve and bun:sqlite: token, access, room update, insert,
// FTS5 index, one durable commit per message (WAL, synchronous=FULL), broadcast, answer.
// Listeners are raw WebSockets. Usage: bun sqlite.js PORT DIRECTORY
import { Database } from "bun:sqlite";
import { timingSafeEqual } from "node:crypto";

const key = "a secret of the benchmark, 32 bytes";
const encode = (value) => Buffer.from(value).toString("base64url");
const signature = (text) => new Bun.CryptoHasher("sha256", key).update(text).digest();

function sign(claims) {
  const text = `${encode('{"alg":"HS256","typ":"JWT"}')}.${encode(JSON.stringify(claims))}`;
  return `${text}.${encode(signature(text))}`;
}

// The claims of a valid token, or undefined.
function verify(token) {
  const [header, payload, mac] = token.split(".");
  if (!mac || JSON.parse(Buffer.from(header, "base64url").toString()).alg !== "HS256") return undefined;
  const given = Buffer.from(mac, "base64url");
  const wanted = signature(`${header}.${payload}`);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
  return claims.exp * 1000 > Date.now() ? claims : undefined;
}

const db = new Database(`${process.argv[3]}/peer.db`, { create: true, strict: true });
db.exec(`
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  PRAGMA cache_size = -65536;
  CREATE TABLE rooms (
    id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, subject TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'open',
    last_seq INTEGER NOT NULL DEFAULT 0, team_messages INTEGER NOT NULL DEFAULT 0, last_message TEXT,
    last_activity INTEGER);
  CREATE TABLE room_members (
    room_id INTEGER NOT NULL REFERENCES rooms, agent_id INTEGER NOT NULL,
    PRIMARY KEY (room_id, agent_id)) WITHOUT ROWID;
  CREATE TABLE messages (
    id INTEGER PRIMARY KEY, room_id INTEGER NOT NULL REFERENCES rooms, seq INTEGER NOT NULL,
    agent_id INTEGER NOT NULL, type TEXT NOT NULL, content TEXT NOT NULL, created_at INTEGER NOT NULL,
    UNIQUE (room_id, seq));
  CREATE VIRTUAL TABLE message_words USING fts5(content, content='messages', content_rowid='id');
`);

const findAccess = db.query(`SELECT r.account_id, m.agent_id FROM rooms r
  LEFT JOIN room_members m ON m.room_id = r.id AND m.agent_id = $agent WHERE r.id = $room`);
const updateRoom = db.query(`UPDATE rooms SET last_seq = last_seq + 1, team_messages = team_messages + 1,
  last_message = $preview, last_activity = $now WHERE id = $room RETURNING last_seq`);
const insertMessage = db.query(`INSERT INTO messages (room_id, seq, agent_id, type, content, created_at)
  VALUES ($room, $seq, $agent, $type, $content, $now)`);
const indexMessage = db.query("INSERT INTO message_words (rowid, content) VALUES ($id, $content)");

const store = db.transaction((agent, room, { type, content }) => {
  const now = Date.now();
  const { last_seq: seq } = updateRoom.get({ room, preview: content.slice(0, 120), now });
  const id = insertMessage.run({ room, seq, agent, type, content, now }).lastInsertRowid;
  indexMessage.run({ id, content });
  return { id, seq, now };
});

const refuse = (status, error) => Response.json({ success: false, error }, { status });

async function sendMessage(request, server) {
  const agent = verify(request.headers.get("authorization")?.slice("Bearer ".length) ?? "");
  if (!agent) return refuse(401, "Unauthorized");
  const { room_id, message } = await request.json();
  if (typeof message?.content !== "string" || !["text", "note"].includes(message.type)) {
    return refuse(400, "Bad request");
  }
  const access = findAccess.get({ room: Number(room_id), agent: Number(agent.sub) });
  if (!access || access.account_id !== agent.account_id) return refuse(404, "Room not found");
  if (access.agent_id === null) return refuse(403, "Forbidden");

  const { id, seq, now } = store.immediate(Number(agent.sub), Number(room_id), message);
  const sent = {
    _id: String(id),
    room_id,
    conversation_id: agent.sub,
    content: message.content,
    type: message.type,
    seq,
    created_at: new Date(now).toISOString(),
  };
  server.publish(
    `account_${agent.account_id}`,
    JSON.stringify(["newMessage", { message: sent, type: "team" }]),
  );
  return Response.json({ success: true, messages: { message: sent } });
}

// What the load generator asks first: a token and rooms that its agent is a member of.
const setup = db.transaction((count) => {
  const insertRoom = db.query("INSERT INTO rooms (account_id, subject) VALUES (1, $subject)");
  const insertMember = db.query("INSERT INTO room_members VALUES ($room, 7)");
  const rooms = [];
  for (let n = 0; n < count; ++n) {
    const room = insertRoom.run({ subject: `subject ${n}` }).lastInsertRowid;
    insertMember.run({ room });
    rooms.push(String(room));
  }
  const exp = Math.floor(Date.now() / 1000) + 86400;
  return { token: sign({ sub: "7", account_id: 1, role: "agent", exp }), rooms };
});

Bun.serve({
  hostname: "127.0.0.1",
  port: Number(process.argv[2]),
  routes: {
    "/api/conversation-v2/support/message": { POST: sendMessage },
    "/setup": (request) => Response.json(setup(Number(new URL(request.url).searchParams.get("rooms")))),
  },
  fetch(request, server) {
    const agent = verify(new URL(request.url).searchParams.get("token") ?? "");
    if (!agent) return refuse(401, "Unauthorized");
    if (server.upgrade(request, { data: { topic: `account_${agent.account_id}` } })) return undefined;
    return new Response("WebSocket only", { status: 426 });
  },
  websocket: {
    perMessageDeflate: false,
    open(socket) {
      socket.subscribe(socket.data.topic);
    },
    message(socket, text) {
      if (text === "hello") socket.send(text);
    },
  },
});
