// What the server sends, as far as the pages read it. Fields that a call may leave out are optional.

export type MessageType = 'text' | 'note' | 'image' | 'file';
export type Receipt = 'sent' | 'delivered' | 'read';
export type RoomStatus = 'open' | 'pending' | 'closed';
export type Priority = 'low' | 'medium' | 'high' | 'urgent';

// As a message carries it; what is sent has the address, the type, the name and the size.
export interface Attachment {
  url: string;
  type: string;
  name?: string;
  size: number;
  width?: number;
  height?: number;
  thumbnail_url?: string;
}

export interface QuickReply {
  id: string;
  text: string;
}

export interface WireMessage {
  _id: string;
  room_id?: string;
  conversation_id?: string;
  content: string;
  type?: MessageType;
  created_at: string;
  seq?: number;
  status?: Receipt;
  sender_type?: 'customer' | 'agent';
  is_mine?: boolean;
  attachments?: Attachment[];
  integration_app?: string; // "bot": not a person
  quick_replies?: QuickReply[];
}

export interface Person {
  conversation_id: string;
  kind: 'customer' | 'agent';
  name: string;
}

export interface NewMessageEvent {
  message: WireMessage;
  type: 'support' | 'team';
}
export interface JoinRoomEvent {
  room_id: string;
  type: 'support';
}
export interface UpdateRoomEvent {
  room_id: string;
  type: string;
  data: Record<string, unknown>;
}
export interface TypingEvent {
  room_id: string;
  from: Person;
  is_typing: boolean;
}
export interface ViewingEvent {
  room_id: string;
  agents: { conversation_id: string; name: string }[];
}
export interface MessageReadEvent {
  room_id: string;
  reader: Person;
  last_read_id: string;
  last_read_seq?: number;
}

export interface SyncPage {
  events: { event: string; seq: number; room_id: string; data: unknown }[];
  cursor: string;
  more: boolean;
}

// The page's configuration when the server runs with a demo account.
export interface DemoConfig {
  support_token?: string;
  inbox_id?: string;
  agent_email?: string;
  agent_password?: string;
}
