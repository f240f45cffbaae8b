// What the loader and the chat itself know of one another, and what the page sees as window.Parlor.
import type { Options } from './options';

export interface Identity {
  identifier?: string;
  identifierHash?: string;
  name?: string;
  email?: string;
  phone?: string;
}

export type ParlorEvent = 'ready' | 'open' | 'close' | 'unread' | 'message' | 'sent' | 'identify' | 'logout';

export interface ParlorApi {
  open(): void;
  close(): void;
  show(): void;
  hide(): void;
  identify(who: Identity): void;
  logout(): void;
  setLocale(locale: string): void;
  setAttributes(attributes: Pick<Identity, 'name' | 'email' | 'phone'>): void;
  on(event: ParlorEvent, listener: (detail: unknown) => void): () => void;
  destroy(): void;
  getToken?: () => string | Promise<string>; // set by the page, for students
}

// What `GET /user/widget` answers.
export interface InboxInfo {
  inbox: { name: string; icon: string };
  open: boolean;
  opens_at: string | null;
  away_message?: string; // instead of our own words, outside the opening hours
  agents_online: number;
  typical_reply_seconds: number | null;
  pre_chat_fields: ('name' | 'email' | 'phone')[];
  limits: { message_characters: number; attachments: number; attachment_bytes: number };
}

// What the loader gives to the chat.
export interface Frame {
  server: string; // its origin, and the path before widget.js
  options: Options;
  shadow: ShadowRoot;
  root: HTMLElement; // carries language, direction and theme
  locale: () => 'en' | 'ar';
  info: InboxInfo | null;
  identity: Identity;
  getToken: () => Promise<string>;
  showUnread: (count: number) => void;
  opened: (open: boolean) => void;
  hideLauncher: (reason: string) => void; // this site may not have a chat
  tell: (event: ParlorEvent, detail?: unknown) => void;
}

// What the chat gives to the loader.
export interface Chat {
  setOpen(open: boolean): void;
  identify(who: Identity): void;
  logout(): void;
  localeChanged(): void;
  destroy(): void;
}
