// The visitor's side of the conversation-v2 API: the session of this device, its room, its messages.
import { batch } from '@preact/signals';
import { Api, ApiError } from '../shared/api';
import { Live } from '../shared/live';
import type { Unsent } from '../shared/outbox';
import { fromWire, markRead, merge, type Message } from '../shared/timeline';
import type {
  Attachment, MessageReadEvent, NewMessageEvent, TypingEvent, UpdateRoomEvent, WireMessage,
} from '../shared/types';
import type { Frame, Identity, InboxInfo } from './interface';
import { openSocket } from './connection';
import { ChatStore, type OwnRoom, type Page, type Status } from './store';
import type { Upload } from './uploads';

interface Session {
  session_id: string;
  conversation_id: string;
}
interface UserRoom {
  _id: string;
  inbox_id?: string;
  status: Status;
  subject: string;
  last_message?: { content: string; created_at: string } | null;
  unread_count: number;
  created_at: string;
}

const retryMs = 2000;
const unreadCallRooms = 20;

// Without the page's query, which may hold what is nobody's business.
const surroundings = () => ({
  language: navigator.language.slice(0, 35), timezone: Intl.DateTimeFormat().resolvedOptions().timeZone, page: location.pathname.slice(0, 1000),
});

export class VisitorStore extends ChatStore {
  readonly api: Api;
  readonly live: Live;
  private session: Session | null;
  private deviceId: string;
  private liveStarted: Promise<void> | undefined;
  private chosen: string | null | undefined; // by the visitor, from the list; null: a new one
  private told = ''; // the page that the server knows

  constructor(frame: Frame) {
    super(frame, frame.options.inbox);
    this.known.value = frame.identity;
    this.session = this.kept.read<Session>('session');
    this.deviceId = this.kept.get('device') ?? this.newDeviceId();
    this.hasSession.value = this.session !== null;
    this.api = new Api(() => this.headers(), frame.server);
    this.live = new Live(this.api, {
      socket: openSocket(frame.server),
      auth: () => ({
        support_token: frame.options.token, session_id: this.session?.session_id ?? '', device_id: this.deviceId,
      }),
      event: (name, data) => this.heard(name, data),
      beforeCatchUp: () => this.sender.flush(),
      caughtUp: () => void this.findRoom().then(() => this.refresh(), () => undefined),
      refused: () => void this.renewSession().then(() => this.live.reconnectNow(), () => undefined),
    });
  }

  async start(): Promise<void> {
    try {
      if (!this.info.value) await this.refreshInfo();
      if (!this.session && this.known.value.identifier) await this.renewSession();
      this.phase.value = 'ready';
      if (this.session) await this.resume();
      void this.sender.flush();
    } catch (error) {
      const temporary = !(error instanceof ApiError) || error.isTemporary;
      if (!temporary) return this.refuse(error.message);
      if (this.phase.value !== 'ready') this.phase.value = 'away';
      setTimeout(() => void this.start(), retryMs);
    }
  }

  async identify(who: Identity): Promise<void> {
    this.known.value = who;
    if (!this.session && !who.identifier) return;
    const before = this.session?.conversation_id;
    await this.renewSession();
    if (this.session?.conversation_id !== before) {
      this.forget();
      this.live.close();
      this.liveStarted = undefined;
    }
    await this.resume();
    if (this.open.value) await this.loadHistory();
    this.frame.tell('identify', who.identifier);
  }

  // On a shared computer: whoever comes next is somebody else, and sees nothing of this.
  async logout(): Promise<void> {
    const ended = this.session ? this.api.send('DELETE', '/session').catch(() => undefined) : undefined;
    await ended;
    for (const entry of this.sender.unsent.value) this.sender.drop(entry.clientId);
    this.live.close();
    this.liveStarted = undefined;
    this.known.value = {};
    this.session = null;
    this.hasSession.value = false;
    this.form.value = {};
    for (const name of ['session', 'names']) this.kept.set(name, null);
    this.deviceId = this.newDeviceId();
    this.clearDraft();
    this.forget();
    this.rooms.value = [];
    this.chosen = undefined;
    this.frame.tell('logout');
  }

  protected async fetchPage(roomId: string, before: Message | null, limit: number): Promise<Page> {
    const page = await this.withSession(() =>
      this.api.get<{ messages: WireMessage[]; hasMore?: boolean }>('/user/message', {
        room_id: roomId, limit, upperRef: before?.id,
      }));
    const messages = page.messages.map((wire) => fromWire(wire, roomId, 'customer'));
    return { messages, hasMore: page.hasMore ?? messages.length === limit };
  }

  protected async deliver(entry: Unsent): Promise<void> {
    await this.ensureSession();
    if (entry.roomId === null) {
      await this.openRoom(entry.content || (entry.attachments?.[0]?.name ?? '📎'), entry.clientId);
      if (entry.attachments?.length) await this.post(entry, this.room.value?.id ?? '', `${entry.clientId}-files`);
      await this.loadHistory();
      this.sender.drop(entry.clientId);
      return;
    }
    await this.post(entry, entry.roomId, entry.clientId);
  }

  // The team sees beside the conversation where its visitor is.
  private tellPage(): void {
    const { page } = surroundings();
    if (!this.session || page === this.told) return;
    this.told = page;
    this.api.send('PATCH', '/session', surroundings()).catch(() => undefined);
  }

  private async post(entry: Unsent, roomId: string, uniqueId: string): Promise<void> {
    const { type, content, attachments } = entry;
    const answer = await this.withSession(() =>
      this.api.send<{ messages: { message: WireMessage } }>('POST', '/user/message', {
        room_id: roomId, message: { type, content, attachments }, _uniqueId: uniqueId,
      }));
    batch(() => {
      const own = fromWire(answer.messages.message, roomId, 'customer', 'customer');
      this.timeline.value = merge(this.timeline.value, [own]);
      this.sender.drop(entry.clientId);
    });
  }

  private async openRoom(description: string, uniqueId: string): Promise<void> {
    const { result } = await this.withSession(() =>
      this.api.send<{ result: { id: string; status: Status } }>('POST', '/user/room', {
        inbox_id: this.frame.options.inbox, description, _uniqueId: uniqueId,
      }));
    this.chosen = result.id;
    this.room.value = { id: result.id, status: result.status, since: Date.now() };
    void this.findRoom().catch(() => undefined);
  }

  protected async deliverFile(upload: Upload, onProgress: (sent: number) => void): Promise<Attachment> {
    await this.ensureSession();
    const form = new FormData();
    form.append('file', upload.file);
    const answer = await this.withSession(() =>
      this.api.upload<{ attachment: Attachment }>('/user/attachment', form, onProgress, upload.cancel.signal));
    const { url, type, name, size } = answer.attachment;
    return { url, type, size, ...(name ? { name } : {}) };
  }

  protected tellTyping(isTyping: boolean): void {
    this.live.emit('typing', { room_id: this.room.value?.id, is_typing: isTyping });
  }

  protected tellRead(message: Message): void {
    this.live.emit('read', { room_id: message.roomId, message_id: message.id });
  }

  // Whether somebody is there changes by the hour.
  protected async refreshInfo(): Promise<void> {
    const { inbox } = this.frame.options;
    this.info.value = (await this.api.get<{ data: InboxInfo }>('/user/widget', { inbox_id: inbox })).data;
  }

  private async resume(): Promise<void> {
    await this.withSession(() => this.startLive());
    this.tellPage();
    await this.findRoom();
    if (this.open.value) await this.loadHistory();
  }

  private async ensureSession(): Promise<void> {
    if (!this.session) await this.renewSession();
    await this.withSession(() => this.startLive());
    this.tellPage();
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
    const answer = await this.withSession(() =>
      this.api.get<{ rooms: UserRoom[] }>('/user/room', { limit: unreadCallRooms }));
    const rooms = answer.rooms;
    const found = rooms.find(({ _id }) => _id === this.chosen) ?? rooms.find(({ status }) => status !== 'closed') ?? rooms[0];
    batch(() => {
      this.rooms.value = rooms.map((room) => ({
        id: room._id, status: room.status, subject: room.subject, preview: room.last_message?.content ?? '',
        at: Date.parse(room.last_message?.created_at ?? room.created_at), unread: room.unread_count,
      }));
      if (found && this.chosen !== null) this.setRoom(found._id, found.status);
      if (this.open.value && document.visibilityState === 'visible') return;
      this.unread.value = rooms.reduce((sum, room) => sum + room.unread_count, 0);
    });
  }

  override showRooms(): void {
    super.showRooms();
    void this.findRoom().catch(() => undefined);
  }

  override choose(roomId: string | null): void {
    const chosen = this.rooms.value.find((room) => room.id === roomId);
    batch(() => {
      this.listing.value = false;
      this.chosen = roomId;
      if (this.room.value?.id === roomId) return;
      this.forget();
      if (chosen) this.setRoom(chosen.id, chosen.status);
    });
    void this.loadHistory().then(() => this.seen(), () => undefined);
  }

  private setRoom(id: string, status: Status): void {
    const known: OwnRoom | null = this.room.value;
    if (known?.id === id && known.status === status) return;
    if (known && known.id !== id) this.forget();
    this.room.value = { id, status, since: Date.now() };
  }

  private heard(name: string, data: unknown): void {
    const room = this.room.value;
    if (name === 'joinRoom' && !room) void this.findRoom().then(() => this.refresh(), () => undefined);
    if (name === 'newMessage') {
      const { message, type } = data as NewMessageEvent;
      if (!room || (message.room_id ?? room.id) !== room.id) return void this.findRoom().catch(() => undefined);
      this.receive(fromWire(message, room.id, 'customer', type === 'support' ? 'customer' : 'agent'));
    }
    if (name === 'updateRoom') {
      const { room_id, data: now } = data as UpdateRoomEvent;
      if (room?.id === room_id && typeof now.status === 'string') this.setRoom(room_id, now.status as Status);
    }
    if (name === 'typing' && (data as TypingEvent).from.kind === 'agent') {
      const event = data as TypingEvent;
      this.learnName(event.from.conversation_id, event.from.name);
      this.typing.receive(event);
    }
    if (name === 'messageRead' && (data as MessageReadEvent).reader.kind === 'agent') {
      const event = data as MessageReadEvent;
      this.learnName(event.reader.conversation_id, event.reader.name);
      if (event.room_id === room?.id) this.timeline.value = markRead(this.timeline.value, event, 'customer');
    }
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
    const { identifier, identifierHash, ...known } = this.known.value;
    const profile = Object.entries({ ...this.form.value, ...known }).filter(([, value]) => value);
    const where = surroundings();
    try {
      const answer = await this.api.send<{ session: Session }>('POST', '/session', {
        device_id: this.deviceId,
        ...Object.fromEntries(profile), ...where,
        ...(identifier ? { identifier, identifier_hash: identifierHash ?? '' } : {}),
      });
      this.session = answer.session;
      this.told = where.page;
      this.kept.set('session', JSON.stringify(answer.session));
      this.hasSession.value = true;
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) this.refuse(error.message);
      throw error;
    }
  }

  private refuse(why: string): void {
    this.phase.value = 'refused';
    this.frame.hideLauncher(`${why} (in the console: Settings, Web sites)`);
  }

  private headers(): Record<string, string> {
    return {
      'X-Support-Token': this.frame.options.token,
      'X-Device-Id': this.deviceId,
      ...(this.session ? { 'X-Support-Session': this.session.session_id } : {}),
    };
  }

  private newDeviceId(): string {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const made = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    this.kept.set('device', made);
    return made;
  }
}
