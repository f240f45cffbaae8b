// A room's messages as the page shows them: ordered by seq, each once, whatever way and however often
// they arrive (history, live, catching up, the answer to one's own sending). Pure functions over values.
import type { Attachment, MessageType, QuickReply, Receipt, WireMessage } from './types';

export interface Message {
  id: string;
  roomId: string;
  authorId: string;
  side: 'customer' | 'agent';
  type: MessageType;
  content: string;
  at: number;
  seq: number;
  receipt: Receipt;
  attachments: readonly Attachment[];
  app: string; // what sent it, if it was not a person: "bot"
  quickReplies?: readonly QuickReply[]; // that the bot offers as answers
}

export interface Timeline {
  messages: readonly Message[];
  hasOlder: boolean;
  // Up to which seq the other side has read this side's messages: may be known before the messages are.
  readUpTo: Readonly<Record<'customer' | 'agent', number>>;
}

export const emptyTimeline: Timeline = { messages: [], hasOlder: false, readUpTo: { customer: 0, agent: 0 } };

const receiptRank: Record<Receipt, number> = { sent: 0, delivered: 1, read: 2 };

// `mySide` says whose page this is: the visitor's history names its author by `is_mine` only.
export function fromWire(
  wire: WireMessage,
  roomId: string,
  mySide: 'customer' | 'agent',
  side?: 'customer' | 'agent',
): Message {
  const other = mySide === 'customer' ? 'agent' : 'customer';
  const known = side ?? wire.sender_type;
  return {
    id: wire._id,
    roomId: wire.room_id ?? roomId,
    authorId: wire.conversation_id ?? '',
    side: known ?? (wire.is_mine === false ? other : mySide),
    type: wire.type ?? 'text',
    content: wire.content,
    at: Date.parse(wire.created_at),
    seq: wire.seq ?? 0,
    receipt: wire.status ?? 'sent',
    attachments: wire.attachments ?? [],
    app: wire.integration_app ?? '',
    ...(wire.quick_replies ? { quickReplies: wire.quick_replies } : {}),
  };
}

export function compareMessages(a: Message, b: Message): number {
  return a.seq - b.seq || a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

// Adds what is new, keeps one of each, never takes a receipt back.
export function merge(timeline: Timeline, arrived: readonly Message[]): Timeline {
  if (arrived.length === 0) return timeline;
  const byId = new Map(timeline.messages.map((message) => [message.id, message]));
  for (const message of arrived) {
    const known = byId.get(message.id);
    const newest = known ? { ...known, attachments: message.attachments, receipt: later(known, message) } : message;
    byId.set(message.id, newest.seq <= timeline.readUpTo[newest.side] ? { ...newest, receipt: 'read' } : newest);
  }
  return { ...timeline, messages: [...byId.values()].sort(compareMessages) };
}

// A first page replaces what was shown, except messages that came in live while it was on its way.
export function replaceBy(timeline: Timeline, page: readonly Message[], hasOlder: boolean): Timeline {
  const newest = page.reduce((seq, message) => Math.max(seq, message.seq), 0);
  const live = timeline.messages.filter((message) => message.seq > newest);
  return merge({ ...timeline, messages: live, hasOlder }, page);
}

export function addOlder(timeline: Timeline, page: readonly Message[], hasOlder: boolean): Timeline {
  return { ...merge(timeline, page), hasOlder };
}

// The other side has read up to a message, known by its id or its seq: so it has read everything of this
// side before it too, and what is still on its way here.
export function markRead(
  timeline: Timeline,
  read: { last_read_id: string; last_read_seq?: number },
  authorSide: 'customer' | 'agent',
): Timeline {
  const upTo = read.last_read_seq ?? timeline.messages.find((message) => message.id === read.last_read_id)?.seq;
  if (upTo === undefined || upTo <= timeline.readUpTo[authorSide]) return timeline;
  const messages = timeline.messages.map((message) =>
    message.side !== authorSide || message.seq > upTo ? message : { ...message, receipt: 'read' as const });
  return { ...timeline, messages, readUpTo: { ...timeline.readUpTo, [authorSide]: upTo } };
}

function later(a: Message, b: Message): Receipt {
  return receiptRank[b.receipt] > receiptRank[a.receipt] ? b.receipt : a.receipt;
}

export const mostAtEnd = 400; // messages kept while the newest are looked at
export const mostScrolled = 3000; // and while older ones are

// Keeps the newest messages of a conversation that goes on for hours; what is dropped can be read again.
export function keepNewest(timeline: Timeline, most: number): Timeline {
  if (timeline.messages.length <= most) return timeline;
  return { ...timeline, messages: timeline.messages.slice(-most), hasOlder: true };
}
