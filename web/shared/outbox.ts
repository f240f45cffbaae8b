// Messages that the server has not acknowledged yet. Each keeps one client id for ever, and the call it
// was first tried with: so a repeated attempt is answered with the first one's result and nothing is
// written twice. The list is kept in localStorage, one key per message, so that tabs do not overwrite
// one another. Sending is serial: what was written first goes out first.
import type { Attachment, MessageType } from './types';

export interface Unsent {
  clientId: string;
  roomId: string | null; // null: this message opens a room
  tried: boolean; // then roomId may not change any more
  type: MessageType;
  content: string;
  attachments?: readonly Attachment[]; // uploaded before
  at: number;
  failed: boolean; // refused by the server: waits for the person
}

export type Attempt =
  | { outcome: 'accepted' }
  | { outcome: 'refused' }
  | { outcome: 'later'; afterMs: number };

export function compareUnsent(a: Unsent, b: Unsent): number {
  return a.at - b.at || (a.clientId < b.clientId ? -1 : 1);
}

export function nextToSend(list: readonly Unsent[]): Unsent | undefined {
  return [...list].sort(compareUnsent).find((entry) => !entry.failed);
}

// What an attempt is made with: a message that was written before there was a room goes to the room
// that exists by now, unless it was already tried as the opening one.
export function addressed(entry: Unsent, openRoomId: string | null): Unsent {
  if (entry.tried) return entry;
  return { ...entry, tried: true, roomId: entry.roomId ?? openRoomId };
}

export function afterAttempt(list: readonly Unsent[], clientId: string, attempt: Attempt): Unsent[] {
  if (attempt.outcome === 'accepted') return list.filter((entry) => entry.clientId !== clientId);
  if (attempt.outcome === 'later') return [...list];
  return list.map((entry) => (entry.clientId === clientId ? { ...entry, failed: true } : entry));
}

// A refused message that is tried again is a new attempt with the same id: the server stored no outcome.
export function retried(list: readonly Unsent[], clientId: string, at: number): Unsent[] {
  return list.map((entry) => (entry.clientId === clientId ? { ...entry, failed: false, at } : entry));
}

// The server knows a client id for seven days. What was tried longer ago may have arrived: the person decides.
const knownForMs = 6 * 86_400_000;

export function aged(entry: Unsent, now: number): Unsent {
  return entry.tried && now - entry.at > knownForMs ? { ...entry, failed: true } : entry;
}

export function backoffMs(failures: number): number {
  return Math.min(15_000, 500 * 2 ** Math.min(failures, 5));
}

export function parseUnsent(text: string | null): Unsent | null {
  if (text === null) return null;
  try {
    const value = JSON.parse(text) as Partial<Unsent> | null;
    if (!value || typeof value.clientId !== 'string' || typeof value.content !== 'string') return null;
    return {
      clientId: value.clientId,
      roomId: typeof value.roomId === 'string' ? value.roomId : null,
      tried: value.tried === true,
      type: value.type ?? 'text',
      content: value.content,
      ...(Array.isArray(value.attachments) ? { attachments: value.attachments.filter((file) => typeof file?.url === 'string') } : {}),
      at: typeof value.at === 'number' ? value.at : 0,
      failed: value.failed === true,
    };
  } catch {
    return null;
  }
}

export function newClientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
