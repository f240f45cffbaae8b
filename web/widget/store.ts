// The visitor's side of one conversation: the session of this device, its room, its messages.
import { batch, signal } from '@preact/signals';
import { Api, ApiError, fetchJson } from '../shared/api';
import { Live } from '../shared/live';
import type { Unsent } from '../shared/outbox';
import { Sender } from '../shared/sender';
import { addOlder, emptyTimeline, fromWire, markRead, merge, replaceBy, type Timeline } from '../shared/timeline';
import { TypingReport, TypingWatch } from '../shared/typing';
import type {
  DemoConfig, MessageReadEvent, NewMessageEvent, RoomStatus, TypingEvent, UpdateRoomEvent, WireMessage,
} from '../shared/types';

export type Phase = 'loading' | 'off' | 'refused' | 'ready';

interface Session {
  session_id: string;
  conversation_id: string;
}
interface UserRoom {
  _id: string;
  status: RoomStatus;
  unread_count: number;
}
interface OwnRoom {
  id: string;
  status: RoomStatus;
}

const pageSize = 30;

export class VisitorStore {
  readonly phase = signal<Phase>('loading');
  readonly room = signal<OwnRoom | null>(null);
  readonly timeline = signal<Timeline>(emptyTimeline);
  readonly unread = signal(0);
  readonly open = signal(false);
  readonly name = signal('');
  readonly draft = signal('');
  readonly hasSession = signal(false);
  readonly typing = new TypingWatch();

  readonly api = new Api(() => this.headers());
  readonly live = new Live(this.api, {
    socket: async () => (await import('./socket')).io,
    auth: () => ({
      support_token: this.config.support_token ?? '',
      session_id: this.session?.session_id ?? '',
      device_id: this.deviceId,
    }),
    event: (name, data) => this.received(name, data),
    beforeCatchUp: () => this.sender.flush(),
    caughtUp: () => void this.refreshUnread().then(() => this.refreshReceipts()),
    refused: () => void this.renewSession().then(() => this.live.reconnectNow(), () => undefined),
  });
  readonly sender = new Sender('parlor.visitor.unsent.', () => this.room.value?.id ?? null, (entry) => this.deliver(entry));
  readonly typingReport = new TypingReport((roomId, isTyping) =>
    this.live.emit('typing', { room_id: roomId, is_typing: isTyping }));

  private config: DemoConfig = {};
  private session: Session | null = null;
  private readonly deviceId = ownDeviceId();
  private liveStarted: Promise<void> | undefined;
  private historyLoaded = false;
  private loadingOlder = false;
  private readUpTo = '';

  async start(): Promise<void> {
    this.config = (await fetchJson<DemoConfig>('/demo/config.json')) ?? {};
    if (!this.config.support_token || !this.config.inbox_id) {
      this.phase.value = 'off';
      return;
    }
    this.session = keptSession();
    this.hasSession.value = this.session !== null;
    this.phase.value = 'ready';
    if (this.session) await this.resume();
    void this.sender.flush();
  }

  setOpen(open: boolean): void {
    this.open.value = open;
    sessionStorage.setItem('parlor.visitor.open', open ? 'yes' : 'no');
    if (open) void this.loadHistory().then(() => this.seen());
  }

  send(): void {
    const text = this.draft.value.trim();
    if (text === '') return;
    this.draft.value = '';
    this.typingReport.ended();
    this.sender.add(this.room.value?.id ?? null, 'text', text);
  }

  typed(text: string): void {
    this.draft.value = text;
    const room = this.room.value;
    if (room) this.typingReport.typed(room.id, text.trim() !== '');
  }

  // The newest message is on the screen.
  seen(): void {
    const room = this.room.value;
    if (!room || !this.open.value || document.visibilityState !== 'visible') return;
    const messages = this.timeline.value.messages;
    const last = messages[messages.length - 1];
    this.unread.value = 0;
    if (!last || last.side === 'customer' || last.id === this.readUpTo) return;
    this.readUpTo = last.id;
    this.live.emit('read', { room_id: room.id, message_id: last.id });
  }

  async loadOlder(): Promise<void> {
    const room = this.room.value;
    const oldest = this.timeline.value.messages[0];
    if (!room || !oldest || this.loadingOlder || !this.timeline.value.hasOlder) return;
    this.loadingOlder = true;
    try {
      const page = await this.api.get<{ messages: WireMessage[]; hasMore?: boolean }>('/user/message', {
        room_id: room.id, limit: pageSize, upperRef: oldest.id,
      });
      const older = page.messages.map((wire) => fromWire(wire, room.id, 'customer'));
      this.timeline.value = addOlder(this.timeline.value, older, page.hasMore ?? older.length === pageSize);
    } catch {
      // The next scroll to the top tries again.
    } finally {
      this.loadingOlder = false;
    }
  }

  // Coming back to the page: what this visitor wrote in another tab is only in the history.
  async refresh(): Promise<void> {
    if (!this.session || !this.open.value) return;
    this.historyLoaded = false;
    await this.loadHistory();
    this.seen();
  }

  private async resume(): Promise<void> {
    try {
      await this.withSession(() => this.startLive());
      await this.findRoom();
      if (this.open.value) await this.loadHistory();
    } catch (error) {
      if (error instanceof ApiError && error.isTemporary) setTimeout(() => void this.resume(), 2000);
    }
  }

  private startLive(): Promise<void> {
    this.liveStarted ??= this.live.begin().then(
      () => this.live.connect(),
      (error: unknown) => {
        this.liveStarted = undefined;
        throw error;
      },
    );
    return this.liveStarted;
  }

  private async findRoom(): Promise<void> {
    const answer = await this.withSession(() => this.api.get<{ rooms: UserRoom[] }>('/user/room', { limit: 20 }));
    const found = answer.rooms.find((room) => room.status !== 'closed') ?? answer.rooms[0];
    if (!found) return;
    batch(() => {
      this.room.value = { id: found._id, status: found.status };
      this.unread.value = this.open.value ? 0 : found.unread_count;
    });
  }

  private async refreshUnread(): Promise<void> {
    try {
      await this.findRoom();
      if (this.open.value) await this.loadHistory();
    } catch {
      // The count stays as it is until the next catching up.
    }
  }

  // While away, messages were delivered and read: catching up tells of messages and statuses only.
  private async refreshReceipts(): Promise<void> {
    const room = this.room.value;
    if (!room || !this.open.value || this.timeline.value.messages.length === 0) return;
    try {
      const page = await this.api.get<{ messages: WireMessage[] }>('/user/message', { room_id: room.id, limit: pageSize });
      const messages = page.messages.map((wire) => fromWire(wire, room.id, 'customer'));
      if (this.room.value?.id === room.id) this.timeline.value = merge(this.timeline.value, messages);
    } catch {
      // The marks stay as they are until the next catching up.
    }
  }

  private async loadHistory(): Promise<void> {
    const room = this.room.value;
    if (!room || this.historyLoaded) return;
    this.historyLoaded = true;
    try {
      const page = await this.withSession(() =>
        this.api.get<{ messages: WireMessage[]; hasMore?: boolean }>('/user/message', {
          room_id: room.id, limit: pageSize,
        }));
      const messages = page.messages.map((wire) => fromWire(wire, room.id, 'customer'));
      this.timeline.value = replaceBy(this.timeline.value, messages, page.hasMore ?? messages.length === pageSize);
    } catch (error) {
      this.historyLoaded = false;
      throw error;
    }
  }

  private async deliver(entry: Unsent): Promise<void> {
    if (!this.session) await this.renewSession();
    await this.withSession(() => this.startLive());
    if (entry.roomId === null) {
      const { result } = await this.withSession(() =>
        this.api.send<{ result: { id: string; status: RoomStatus } }>('POST', '/user/room', {
          inbox_id: this.config.inbox_id, description: entry.content, _uniqueId: entry.clientId,
        }));
      this.room.value = { id: result.id, status: result.status };
      await this.loadHistory();
      this.sender.drop(entry.clientId);
      return;
    }
    const roomId = entry.roomId;
    const answer = await this.withSession(() =>
      this.api.send<{ messages: { message: WireMessage } }>('POST', '/user/message', {
        room_id: roomId, message: { type: 'text', content: entry.content }, _uniqueId: entry.clientId,
      }));
    batch(() => {
      const own = fromWire(answer.messages.message, roomId, 'customer', 'customer');
      this.timeline.value = merge(this.timeline.value, [own]);
      this.sender.drop(entry.clientId);
    });
  }

  private received(name: string, data: unknown): void {
    if (name === 'newMessage') this.messageArrived(data as NewMessageEvent);
    if (name === 'updateRoom') this.roomChanged(data as UpdateRoomEvent);
    if (name === 'joinRoom' && !this.room.value) void this.refreshUnread();
    if (name === 'typing' && (data as TypingEvent).from.kind === 'agent') this.typing.receive(data as TypingEvent);
    if (name === 'messageRead') {
      const event = data as MessageReadEvent;
      if (event.reader.kind === 'agent' && event.room_id === this.room.value?.id) {
        this.timeline.value = markRead(this.timeline.value, event, 'customer');
      }
    }
  }

  private messageArrived({ message, type }: NewMessageEvent): void {
    const room = this.room.value;
    if (!room || (message.room_id ?? room.id) !== room.id) {
      if (!room) void this.refreshUnread();
      return;
    }
    const side = type === 'support' ? 'customer' : 'agent';
    batch(() => {
      const known = this.timeline.value.messages.some((entry) => entry.id === message._id);
      this.timeline.value = merge(this.timeline.value, [fromWire(message, room.id, 'customer', side)]);
      if (side === 'agent') this.typing.clear(room.id);
      if (side === 'agent' && !known && !this.open.value) this.unread.value += 1;
    });
  }

  private roomChanged({ room_id, data }: UpdateRoomEvent): void {
    const room = this.room.value;
    const status = data.status;
    if (room?.id !== room_id || typeof status !== 'string') return;
    this.room.value = { ...room, status: status as RoomStatus };
  }

  private async withSession<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error;
      await this.renewSession();
      return call();
    }
  }

  private async renewSession(): Promise<void> {
    const name = this.name.value.trim();
    this.session = null;
    try {
      const answer = await this.api.send<{ session: Session }>('POST', '/session', {
        device_id: this.deviceId, ...(name ? { name } : {}),
      });
      this.session = answer.session;
      localStorage.setItem('parlor.visitor.session', JSON.stringify(answer.session));
      this.hasSession.value = true;
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) this.phase.value = 'refused';
      throw error;
    }
  }

  private headers(): Record<string, string> {
    return {
      'X-Support-Token': this.config.support_token ?? '',
      'X-Device-Id': this.deviceId,
      ...(this.session ? { 'X-Support-Session': this.session.session_id } : {}),
    };
  }
}

function ownDeviceId(): string {
  const key = 'parlor.visitor.device';
  const kept = localStorage.getItem(key);
  if (kept) return kept;
  const made = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0'));
  localStorage.setItem(key, made.join(''));
  return made.join('');
}

function keptSession(): Session | null {
  try {
    const value = JSON.parse(localStorage.getItem('parlor.visitor.session') ?? 'null') as Partial<Session> | null;
    return value && typeof value.session_id === 'string' ? (value as Session) : null;
  } catch {
    return null;
  }
}
