// What the server answers, as far as the console reads it.
import type { MessageType, Priority, RoomStatus } from '../shared/types';

export type Channel = 'widget' | 'student' | 'order' | 'ticket';
export type View = 'mine' | 'unassigned' | 'all' | 'bot' | 'favorite' | 'snoozed';
export type Order = 'waiting' | 'updated_at' | 'created_at' | 'priority';

export interface RoomRow {
  _id: string;
  conversation_id: string;
  contact: { _id: string; name?: string; email?: string };
  inbox: { _id: string; name: string };
  subject: string;
  status: RoomStatus;
  priority: Priority;
  assignees: readonly string[];
  tags: readonly string[];
  last_message?: {
    content: string; created_at: string; type?: MessageType; sender_type?: 'customer' | 'agent';
    conversation_id?: string; // its author
  } | null;
  unread_count: number;
  is_favorite: boolean;
  snoozed_until: number;
  created_at: string;
  updated_at: string;
  waiting_since?: string;
  match?: SearchMatch; // of a list that was searched
}

// Why a search found the room: its newest message with the words. Absent where the contact matches.
export interface SearchMatch {
  type: MessageType;
  sender_type: 'customer' | 'agent';
  conversation_id: string;
  excerpt: readonly { text: string; is_match: boolean }[];
}

export const nobody = '0'.repeat(24); // as an author: the bot

export interface RoomPage {
  rooms: RoomRow[];
  pagination: { page: number; limit: number; total: number };
}

export interface RoomDetail {
  _id: string;
  conversation_id: string;
  contact: { _id: string; name?: string; email?: string; phone?: string };
  inbox_id: string;
  inbox: { _id: string; name: string };
  subject: string;
  status: RoomStatus;
  priority: Priority;
  assignees: { conversation_id: string; user: { name: string; email: string }; assigned_at: string }[];
  tags: string[];
  notes: string;
  is_favorite: boolean;
  snoozed_until: number;
  created_at: string;
  last_activity: string;
  closed_at?: string;
  waiting_since?: string;
  order?: OrderOfRoom;
}

// What the marketplace says of an order room.
export interface OrderOfRoom {
  number: string;
  order_id: string;
  vendor_id: string;
  participants: {
    conversation_id: string;
    user_type: 'admin' | 'agent' | 'buyer' | 'customer' | 'user' | 'vendor';
    user_id: string;
    name: string;
    email: string;
    phone: string;
  }[];
}

export interface ContactDetail {
  _id: string;
  name: string;
  email: string;
  phone: string;
  identifier: string | null;
  blocked: boolean;
  created_at: string;
}

export interface ContactRoom {
  _id: string;
  inbox: { _id: string; name: string };
  subject: string;
  status: RoomStatus;
  last_message?: { content: string } | null;
  may_enter: boolean;
  created_at: string;
  closed_at?: string;
  closed_by?: string; // all zeros: the bot
}

export interface Agent {
  _id: string;
  conversation_id: string;
  name: string;
  email: string;
  role: 'agent' | 'admin';
  seat: boolean;
  capacity: number;
  availability: 'active' | 'away';
  deactivated: boolean;
  invited_until?: string | null;
}

export interface Hours {
  timezone: string;
  week: ([string, string] | null)[];
  holidays?: string[];
}

export interface InboxMember {
  conversation_id: string;
  user: { name: string; email: string };
  role: 'agent' | 'admin';
  capacity: number;
  current_load: number;
}

export interface Inbox {
  _id: string;
  name: string;
  channel: Channel;
  algorithm: 'round_robin' | 'load_based' | 'manual';
  visibility: 'assigned' | 'inbox';
  bot: boolean;
  members: InboxMember[];
  statistics: { total_conversations: number; active_conversations: number; avg_response_time: number };
  hours: Hours | null;
  away_message: string;
  pre_chat_fields: ('name' | 'email' | 'phone')[];
}

export interface Site {
  _id: string;
  name: string;
  domain: string[];
  last_seen: string | null;
  expired: boolean;
  ends_soon: boolean;
  expiry_time: number;
  created_at: string;
}

export interface CannedReply {
  _id: string;
  short_code: string;
  text: string;
  inbox_id: string | null;
  rendered?: string;
}

export interface Durations {
  count: number;
  mean: number | null;
  median: number | null;
  p90: number | null;
}

export interface Counts {
  new: number;
  closed: number;
  first_response: Durations;
  wait: Durations;
  messages: { customer: number; team: number };
}

export interface BotCounts {
  bot: { answered: number; escalated: number; resolved: number };
}

export interface Stats {
  from: string;
  to: string;
  days: (Counts & BotCounts & { date: string })[];
  total: Counts & BotCounts;
  agents: (Counts & { conversation_id: string; name: string })[];
}

export interface AuditEntry {
  number: number;
  at: string;
  actor: { conversation_id: string | null; name: string };
  action: string;
  subject: { kind: string; _id: string; name: string };
  changes: { field: string; from: string; to: string }[];
}
