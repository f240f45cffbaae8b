// The agent's side: the list of rooms, and the one conversation that is open.
import { batch, signal } from '@preact/signals';
import { io } from 'socket.io-client';
import { Api, ApiError } from '../shared/api';
import { Live } from '../shared/live';
import type { Unsent } from '../shared/outbox';
import { Sender } from '../shared/sender';
import { addOlder, emptyTimeline, fromWire, markRead, merge, replaceBy, type Timeline } from '../shared/timeline';
import { TypingReport, TypingWatch } from '../shared/typing';
import type {
  MessageReadEvent, NewMessageEvent, RoomStatus, TypingEvent, UpdateRoomEvent, WireMessage,
} from '../shared/types';
import type { Login } from './login';
import { RoomList } from './room_list_store';
import type { RoomDetail } from './rooms';

const pageSize = 40;
type MessagePage = { messages: WireMessage[]; hasMore: boolean };

export class ConsoleStore {
  readonly openId = signal<string | null>(null);
  readonly detail = signal<RoomDetail | null>(null);
  readonly lostAccess = signal(false);
  readonly timeline = signal<Timeline>(emptyTimeline);
  readonly mode = signal<'text' | 'note'>('text');
  readonly drafts = signal<ReadonlyMap<string, string>>(new Map()); // by room and mode
  readonly names = signal<ReadonlyMap<string, string>>(new Map()); // by conversation id
  readonly failure = signal('');
  readonly typing = new TypingWatch();

  readonly api: Api;
  readonly list: RoomList;
  readonly live: Live;
  readonly sender: Sender;
  readonly typingReport = new TypingReport((roomId, isTyping) =>
    this.live.emit('typing', { room_id: roomId, is_typing: isTyping }));
  readonly me: Login['agent'];

  private loadingOlder = false;
  private readUpTo = '';
  private detailTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(login: Login, private readonly signedOut: () => void) {
    this.me = login.agent;
    this.names.value = new Map([[this.me.conversation_id, this.me.name]]);
    this.api = new Api(() => ({ Authorization: `Bearer ${login.token}` }));
    this.list = new RoomList(this.api, (error) => this.failed(error));
    this.sender = new Sender(`parlor.console.unsent.${this.me._id}.`, () => null, (entry) => this.deliver(entry));
    this.live = new Live(this.api, {
      socket: () => Promise.resolve(io),
      auth: () => ({ token: login.token }),
      event: (name, data) => this.received(name, data),
      beforeCatchUp: () => this.sender.flush(),
      caughtUp: () => {
        this.list.refreshSoon();
        void this.refreshReceipts();
      },
      refused: signedOut,
    });
  }

  async start(): Promise<void> {
    try {
      await this.live.begin();
      await this.list.refresh();
      this.live.connect();
      void this.sender.flush();
    } catch (error) {
      this.failed(error);
      if (error instanceof ApiError && error.isTemporary) setTimeout(() => void this.start(), 2000);
    }
  }

  async openRoom(roomId: string | null): Promise<void> {
    this.typingReport.ended();
    batch(() => {
      this.openId.value = roomId;
      this.detail.value = null;
      this.lostAccess.value = false;
      this.timeline.value = emptyTimeline;
      this.mode.value = 'text';
      this.failure.value = '';
    });
    if (roomId === null) return;
    try {
      const [page] = await Promise.all([
        this.api.get<MessagePage>('/message', { room_id: roomId, limit: pageSize }),
        this.loadDetail(roomId),
      ]);
      if (this.openId.value !== roomId) return;
      const messages = page.messages.map((wire) => fromWire(wire, roomId, 'agent'));
      batch(() => {
        this.timeline.value = replaceBy(this.timeline.value, messages, page.hasMore);
        this.list.read(roomId);
      });
    } catch (error) {
      if (this.openId.value === roomId) this.failed(error);
    }
  }

  // While away, messages were delivered and read: catching up tells of messages and changes only. Reading a page
  // marks it read, so nothing is asked for while nobody looks.
  private async refreshReceipts(): Promise<void> {
    const roomId = this.openId.value;
    if (!roomId || document.visibilityState !== 'visible' || this.timeline.value.messages.length === 0) return;
    try {
      const page = await this.api.get<MessagePage>('/message', { room_id: roomId, limit: pageSize });
      if (this.openId.value !== roomId) return;
      this.timeline.value = merge(this.timeline.value, page.messages.map((wire) => fromWire(wire, roomId, 'agent')));
    } catch {
      // The marks stay as they are until the next catching up.
    }
  }

  async loadOlder(): Promise<void> {
    const roomId = this.openId.value;
    const oldest = this.timeline.value.messages[0];
    if (!roomId || !oldest || this.loadingOlder || !this.timeline.value.hasOlder) return;
    this.loadingOlder = true;
    try {
      const page = await this.api.get<MessagePage>('/message', {
        room_id: roomId, limit: pageSize, upperRef: oldest.id,
      });
      if (this.openId.value !== roomId) return;
      const older = page.messages.map((wire) => fromWire(wire, roomId, 'agent'));
      this.timeline.value = addOlder(this.timeline.value, older, page.hasMore);
    } catch (error) {
      this.failed(error);
    } finally {
      this.loadingOlder = false;
    }
  }

  draftKey(): string {
    return `${this.openId.value}/${this.mode.value}`;
  }

  typed(text: string): void {
    this.drafts.value = new Map(this.drafts.value).set(this.draftKey(), text);
    const roomId = this.openId.value;
    // A note is nobody's business but the team's: the customer sees no typing for it.
    if (roomId && this.mode.value === 'text') this.typingReport.typed(roomId, text.trim() !== '');
  }

  send(): void {
    const roomId = this.openId.value;
    const text = (this.drafts.value.get(this.draftKey()) ?? '').trim();
    if (!roomId || text === '') return;
    const rest = new Map(this.drafts.value);
    rest.delete(this.draftKey());
    this.drafts.value = rest;
    this.typingReport.ended();
    this.sender.add(roomId, this.mode.value, text);
  }

  seen(): void {
    const roomId = this.openId.value;
    const messages = this.timeline.value.messages;
    const last = messages[messages.length - 1];
    if (!roomId || !last || document.visibilityState !== 'visible') return;
    this.list.read(roomId);
    if (last.side === 'agent' || last.id === this.readUpTo) return;
    this.readUpTo = last.id;
    this.live.emit('read', { room_id: roomId, message_id: last.id });
  }

  async assign(conversationIds: string[]): Promise<void> {
    const roomId = this.openId.value;
    if (!roomId) return;
    await this.change(() =>
      this.api.send('PATCH', '/room/assignee', { room_id: roomId, conversation_ids: conversationIds }));
  }

  async setStatus(status: RoomStatus): Promise<void> {
    const roomId = this.openId.value;
    if (!roomId) return;
    await this.change(() => this.api.send('PATCH', '/room/status', { room_id: roomId, status }));
  }

  private async change(call: () => Promise<unknown>): Promise<void> {
    this.failure.value = '';
    try {
      await call();
      if (this.openId.value) await this.loadDetail(this.openId.value);
      this.list.refreshSoon();
    } catch (error) {
      this.failed(error);
    }
  }

  private async loadDetail(roomId: string): Promise<void> {
    try {
      const { data } = await this.api.get<{ data: RoomDetail }>(`/room/${roomId}`);
      if (this.openId.value !== roomId) return;
      const names = new Map(this.names.value).set(data.conversation_id, data.contact.name ?? '');
      for (const { conversation_id, user } of data.assignees) names.set(conversation_id, user.name);
      batch(() => {
        this.names.value = names;
        this.detail.value = data;
        this.lostAccess.value = false;
      });
    } catch (error) {
      if (!(error instanceof ApiError) || (error.status !== 403 && error.status !== 404)) throw error;
      if (this.openId.value === roomId) this.lostAccess.value = true;
    }
  }

  private async deliver(entry: Unsent): Promise<void> {
    const roomId = entry.roomId ?? '';
    const answer = await this.api.send<{ messages: { message: WireMessage } }>('POST', '/message', {
      room_id: roomId, message: { type: entry.type, content: entry.content }, _uniqueId: entry.clientId,
    });
    batch(() => {
      this.showMessage({ message: { ...answer.messages.message, room_id: roomId }, type: 'team' });
      this.sender.drop(entry.clientId);
    });
    // Answering an unassigned room takes it; writing into a closed one may open it.
    if (this.openId.value === roomId) this.loadDetailSoon(roomId);
  }

  private received(name: string, data: unknown): void {
    if (name === 'newMessage') this.showMessage(data as NewMessageEvent);
    if (name === 'joinRoom') this.list.refreshSoon();
    if (name === 'updateRoom') {
      this.list.refreshSoon();
      const { room_id } = data as UpdateRoomEvent;
      if (room_id === this.openId.value) this.loadDetailSoon(room_id);
    }
    if (name === 'typing') {
      const event = data as TypingEvent;
      this.names.value = new Map(this.names.value).set(event.from.conversation_id, event.from.name);
      this.typing.receive(event);
    }
    if (name === 'messageRead') {
      const event = data as MessageReadEvent;
      if (event.reader.kind === 'customer' && event.room_id === this.openId.value) {
        this.timeline.value = markRead(this.timeline.value, event, 'agent');
      }
    }
  }

  private showMessage(event: NewMessageEvent): void {
    const roomId = event.message.room_id ?? '';
    const isOpen = roomId === this.openId.value;
    const side = event.type === 'support' ? 'customer' : 'agent';
    batch(() => {
      if (isOpen) this.timeline.value = merge(this.timeline.value, [fromWire(event.message, roomId, 'agent', side)]);
      this.typing.clear(roomId);
      this.list.messageArrived(event, isOpen && document.visibilityState === 'visible');
    });
  }

  private loadDetailSoon(roomId: string): void {
    clearTimeout(this.detailTimer);
    this.detailTimer = setTimeout(() => void this.loadDetail(roomId).catch(() => undefined), 80);
  }

  private failed(error: unknown): void {
    if (error instanceof ApiError && error.status === 401) this.signedOut();
    else if (error instanceof ApiError && error.status !== 0) this.failure.value = error.message;
  }
}
