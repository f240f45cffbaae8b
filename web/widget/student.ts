// A student's side of the student API: one chat, which a bot answers first. Its events and its way of paging are
// translated to those that the rest of the widget knows.
import { batch } from '@preact/signals';
import { Api, ApiError } from '../shared/api';
import { Live } from '../shared/live';
import type { Unsent } from '../shared/outbox';
import { merge, type Message } from '../shared/timeline';
import type { Attachment, QuickReply, Receipt, SyncPage } from '../shared/types';
import { openSocket } from './connection';
import type { Frame } from './interface';
import { ChatStore, type Page, type Status } from './store';
import type { Upload } from './uploads';

interface StudentChat {
  id: number;
  status: 'bot_handling' | 'waiting_for_admin' | 'admin_handling' | 'resolved' | 'closed';
  updated_at: string;
}
interface Media {
  media_url: string | null;
  media_type: string | null;
  media_name: string | null;
  media_size: number | null;
}
interface StudentMessage extends Media {
  id: number;
  chat_id: number;
  sender_id: number;
  sender_role: 'student' | 'admin';
  message_type: 'text' | 'image' | 'file' | 'audio' | 'auto_reply';
  text: string | null;
  is_auto_reply: boolean;
  created_at: string;
  sender_name: string;
  status?: Receipt;
  seq?: number;
  _uniqueId?: string;
  attachments?: Media[];
  quick_replies?: QuickReply[];
}

const statuses: Record<StudentChat['status'], Status> = {
  bot_handling: 'pending', waiting_for_admin: 'waiting', admin_handling: 'open', resolved: 'resolved', closed: 'closed',
};
const eventNames = ['message:receive', 'conversation:update', 'message:status-updated', 'support:user-typing', 'error'];
const retryMs = 3000;
const missedAtOnce = 200;

export class StudentStore extends ChatStore {
  override readonly isStudent = true;
  readonly api: Api;
  readonly live: Live;
  protected override readonly fileLimit = 50 * 1024 * 1024;

  private constructor(frame: Frame, private token: string) {
    super(frame, `student.${subjectOf(token)}`);
    this.hasSession.value = true;
    this.api = new Api(() => ({ Authorization: `Bearer ${this.token}` }), frame.server);
    this.live = new Live(this.api, {
      socket: openSocket(frame.server),
      auth: () => ({ token: this.token }),
      event: (name, data) => this.heard(name, data),
      beforeCatchUp: () => this.sender.flush(),
      caughtUp: () => void this.refreshInfo().then(() => this.refresh(), () => undefined),
      refused: () => void this.renewToken().then(() => this.live.reconnectNow(), () => undefined),
      eventNames,
      changes: (after) => this.missed(after),
    });
  }

  static async open(frame: Frame): Promise<StudentStore> {
    try {
      return new StudentStore(frame, await frame.getToken());
    } catch (error) {
      frame.hideLauncher(String(error));
      throw error;
    }
  }

  async start(): Promise<void> {
    try {
      const { unread_count } = await this.withToken(() => this.api.get<{ unread_count: number }>('/api/support/unread-count'));
      this.unread.value = unread_count;
      if (unread_count > 0 || this.open.value || this.sender.unsent.value.length > 0) await this.openChat();
      this.phase.value = 'ready';
      if (this.open.value) await this.loadHistory();
      this.live.connect();
      void this.sender.flush();
    } catch (error) {
      if (error instanceof ApiError && !error.isTemporary) {
        this.phase.value = 'refused';
        return this.frame.hideLauncher(error.message);
      }
      if (this.phase.value !== 'ready') this.phase.value = 'away';
      setTimeout(() => void this.start(), retryMs);
    }
  }

  // Who a student is, the token says.
  async identify(): Promise<void> {}

  async logout(): Promise<void> {
    for (const entry of this.sender.unsent.value) this.sender.drop(entry.clientId);
    this.live.close();
    this.clearDraft();
    this.forget();
    this.phase.value = 'refused';
    this.frame.hideLauncher('the student has signed out');
    this.frame.tell('logout');
  }

  // The chat is made when it is first opened, not for everybody who passes by.
  protected async refreshInfo(): Promise<void> {
    if (!this.open.value && !this.room.value) return;
    await this.openChat();
    if (this.open.value) await this.loadHistory();
  }

  private async openChat(): Promise<string> {
    const { chat } = await this.withToken(() => this.api.get<{ chat: StudentChat }>('/api/support/chat'));
    this.chatIs(chat);
    return String(chat.id);
  }

  private chatIs(chat: StudentChat): void {
    const status = statuses[chat.status] ?? 'open';
    const known = this.room.value;
    if (known?.id === String(chat.id) && known.status === status) return;
    this.room.value = { id: String(chat.id), status, since: Date.parse(chat.updated_at) };
  }

  protected async fetchPage(roomId: string, before: Message | null, limit: number): Promise<Page> {
    const { messages } = await this.withToken(() =>
      this.api.get<{ messages: StudentMessage[] }>(`/api/support/chats/${roomId}/messages`, { limit, before: before?.id }));
    return { messages: messages.map((wire) => this.read(wire)), hasMore: messages.length === limit };
  }

  // Asking for messages reads them, so nothing is asked for while nobody looks: the newest page comes when they do.
  private async missed(after: string | undefined): Promise<Pick<SyncPage, 'events' | 'cursor' | 'more'>> {
    const room = this.room.value;
    const { messages: shown } = this.timeline.value;
    const from = shown[shown.length - 1]?.id ?? after;
    if (!room || !from || !this.open.value) {
      this.loaded.value = this.loaded.value && this.open.value;
      return { events: [], cursor: from ?? '', more: false };
    }
    const { messages } = await this.withToken(() =>
      this.api.get<{ messages: StudentMessage[] }>(`/api/support/chats/${room.id}/messages`, { limit: missedAtOnce, after_id: from }));
    const events = messages.map((message) => ({ event: 'message:receive', seq: message.seq ?? 0, room_id: room.id, data: { message } }));
    return { events, cursor: String(messages[messages.length - 1]?.id ?? from), more: messages.length === missedAtOnce };
  }

  protected async deliver(entry: Unsent): Promise<void> {
    if (!this.room.value) await this.openChat();
    try {
      const sent = await this.withToken(() =>
        this.api.send<{ message: StudentMessage; bot_reply?: StudentMessage }>('POST', '/api/support/messages', {
          text: entry.content, _uniqueId: entry.clientId,
        }));
      batch(() => {
        const messages = [sent.message, ...(sent.bot_reply ? [sent.bot_reply] : [])].map((wire) => this.read(wire));
        this.timeline.value = merge(this.timeline.value, messages);
        this.sender.drop(entry.clientId);
      });
    } catch (error) {
      // Somebody is being waited for since it was written.
      if (error instanceof ApiError && error.status === 403) await this.openChat();
      throw error;
    }
  }

  protected async deliverFile(upload: Upload, onProgress: (sent: number) => void): Promise<Attachment | null> {
    if (!this.room.value) await this.openChat();
    const spoken = upload.seconds !== null;
    const form = new FormData();
    form.append('_uniqueId', upload.id);
    if (spoken) form.append('duration', String(upload.seconds));
    form.append(spoken ? 'audio' : 'file', upload.file);
    const { message } = await this.withToken(() =>
      this.api.upload<{ message: StudentMessage }>(
        `/api/support/messages/${spoken ? 'audio' : 'media'}`, form, onProgress, upload.cancel.signal));
    this.timeline.value = merge(this.timeline.value, [this.read(message)]);
    return null;
  }

  protected tellTyping(isTyping: boolean): void {
    this.live.emit('support:typing', { chat_id: Number(this.room.value?.id), is_typing: isTyping });
  }

  protected tellRead(message: Message): void {
    this.live.emit('support:mark-read', Number(message.id));
  }

  private heard(name: string, data: unknown): void {
    const room = this.room.value;
    if (name === 'message:receive') {
      const { message } = data as { message: StudentMessage };
      if (!room) return void this.openChat().then(() => this.refresh(), () => undefined);
      if (message._uniqueId) this.sender.drop(message._uniqueId);
      this.receive(this.read(message));
    }
    if (name === 'conversation:update') this.chatIs((data as { conversation: StudentChat }).conversation);
    if (name === 'error' && (data as { status?: string }).status === 'waiting_for_admin') void this.openChat().catch(() => undefined);
    if (name === 'message:status-updated') {
      const { message_id, status } = data as { message_id: number; status: Receipt };
      const known = this.timeline.value.messages.find((message) => message.id === String(message_id));
      if (known) this.timeline.value = merge(this.timeline.value, [{ ...known, receipt: status }]);
    }
    if (name === 'support:user-typing') {
      const event = data as { chat_id: number; user_id: number; user_role: string; user_name: string; is_typing: boolean };
      if (event.user_role !== 'admin') return;
      this.learnName(String(event.user_id), event.user_name);
      this.typing.receive({
        room_id: String(event.chat_id), is_typing: event.is_typing,
        from: { conversation_id: String(event.user_id), kind: 'agent', name: event.user_name },
      });
    }
  }

  private read(wire: StudentMessage): Message {
    const own = wire.sender_role === 'student';
    if (!own && !wire.is_auto_reply) this.learnName(String(wire.sender_id), wire.sender_name);
    const media = wire.attachments ?? (wire.media_url ? [wire] : []);
    const attachments = media.flatMap((file): Attachment[] => (file.media_url
      ? [{ url: file.media_url, type: file.media_type ?? '', size: file.media_size ?? 0, ...(file.media_name ? { name: file.media_name } : {}) }]
      : []));
    return {
      id: String(wire.id),
      roomId: String(wire.chat_id),
      authorId: own ? '' : String(wire.sender_id),
      side: own ? 'customer' : 'agent',
      type: wire.message_type === 'image' ? 'image' : attachments.length > 0 ? 'file' : 'text',
      content: wire.text ?? '',
      at: Date.parse(wire.created_at),
      seq: wire.seq ?? 0,
      receipt: wire.status ?? 'sent',
      attachments,
      app: wire.is_auto_reply ? 'bot' : '',
      ...(wire.quick_replies ? { quickReplies: wire.quick_replies } : {}),
    };
  }

  private async withToken<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      await this.renewToken();
      return call();
    }
  }

  private async renewToken(): Promise<void> {
    this.token = await this.frame.getToken();
  }
}

// Whose drafts these are. Nothing is believed of a token here: the server verifies it.
function subjectOf(token: string): string {
  try {
    const payload = JSON.parse(atob((token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/'))) as { sub?: unknown };
    return String(payload.sub ?? '');
  } catch {
    return '';
  }
}
