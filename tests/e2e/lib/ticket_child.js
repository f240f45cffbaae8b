// A process of its own that joins a ticket's room, says so to its parent, and stays: to be killed.
import { io } from 'socket.io-client';

const [url, auth, room] = process.argv.slice(2);
const socket = io(url, { auth: JSON.parse(auth), transports: ['websocket'] });
socket.on('connect', async () => {
  await socket.emitWithAck('room:join', { room });
  process.send('joined');
});
