// The Socket.IO client is nearly half of the widget's weight, and needed only once there is a conversation.
import type { OpenSocket } from '../shared/live';

export function openSocket(server: string): () => Promise<OpenSocket> {
  const { origin, pathname } = new URL(server);
  const path = `${pathname.replace(/\/$/, '')}/socket.io/`;
  return async () => {
    const { io } = await import('./socket');
    return (options) => io(origin, { ...options, path, forceNew: true });
  };
}
