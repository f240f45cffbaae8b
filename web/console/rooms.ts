// The list of rooms and what live events do to it. Pure functions over values.
import type { MessageType, NewMessageEvent, Priority, RoomStatus } from '../shared/types';

export interface RoomRow {
  _id: string;
  contact: { name?: string; email?: string };
  inbox: { _id: string; name: string };
  status: RoomStatus;
  priority: Priority;
  assignees: readonly string[];
  last_message?: {
    content: string;
    created_at: string;
    type?: MessageType;
    sender_type?: 'customer' | 'agent';
  } | null;
  unread_count: number;
  created_at: string;
}

export interface RoomDetail {
  _id: string;
  conversation_id: string;
  contact: { _id: string; name?: string; email?: string; phone?: string };
  inbox_id: string;
  status: RoomStatus;
  priority: Priority;
  assignees: { conversation_id: string; user: { name: string; email: string } }[];
  tags: string[];
  notes: string;
  created_at: string;
  last_activity: string;
}

export function activityOf(row: RoomRow): number {
  return Date.parse(row.last_message?.created_at ?? row.created_at);
}

// A message moves its room to the top and counts as unread, unless the agent is looking at it.
// `null`: the room is not in the list, so the list has to be read again.
export function afterMessage(rows: readonly RoomRow[], event: NewMessageEvent, seen: boolean): RoomRow[] | null {
  const { message, type } = event;
  const row = rows.find((candidate) => candidate._id === message.room_id);
  if (!row) return null;
  if (Date.parse(message.created_at) <= lastStamp(row)) return [...rows];
  const side = type === 'support' ? 'customer' : 'agent';
  const moved: RoomRow = {
    ...row,
    last_message: {
      content: message.content, created_at: message.created_at, type: message.type ?? 'text', sender_type: side,
    },
    unread_count: seen ? 0 : row.unread_count + (side === 'customer' ? 1 : 0),
  };
  return [moved, ...rows.filter((candidate) => candidate !== row)];
}

function lastStamp(row: RoomRow): number {
  return row.last_message ? Date.parse(row.last_message.created_at) : 0;
}

export function afterReading(rows: readonly RoomRow[], roomId: string): readonly RoomRow[] {
  if (!rows.some((row) => row._id === roomId && row.unread_count > 0)) return rows;
  return rows.map((row) => (row._id === roomId ? { ...row, unread_count: 0 } : row));
}

// A page that was read again replaces what it covers; rows of later pages stay below it.
export function mergePage(rows: readonly RoomRow[], page: readonly RoomRow[], total: number): RoomRow[] {
  const fresh = new Set(page.map((row) => row._id));
  const rest = rows.filter((row) => !fresh.has(row._id));
  return [...page, ...rest.slice(0, Math.max(0, total - page.length))];
}

export function appendPage(rows: readonly RoomRow[], page: readonly RoomRow[]): RoomRow[] {
  const known = new Set(rows.map((row) => row._id));
  return [...rows, ...page.filter((row) => !known.has(row._id))];
}
