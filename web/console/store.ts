// The agent's side as a whole: who is signed in, the live connection, the list, the open conversation, what
// is being written, and what an agent can do to rooms.
import { batch, computed, effect, signal } from '@preact/signals';
import { io } from 'socket.io-client';
import { Api, ApiError } from '../shared/api';
import { Live } from '../shared/live';
import type { Unsent } from '../shared/outbox';
import { Sender } from '../shared/sender';
import { TypingReport, TypingWatch } from '../shared/typing';
import type { NewMessageEvent, Priority, RoomStatus, TypingEvent, UpdateRoomEvent, WireMessage } from '../shared/types';
import { collides } from './collision';
import { Customers } from './customers';
import { draftKey, parseDrafts, withDraft, writeDrafts, type Drafts, type Mode } from './drafts';
import { plural, t } from './i18n';
import { waitingCount } from './list_model';
import { RoomList } from './list_store';
import type { Login } from './login';
import { announce } from './notifier';
import { RoomStore } from './room_store';
import { Team } from './team';
import { dismiss, say } from './toasts';
import { defaultLimit, Uploads } from './uploads';

const base = '/api/conversation-v2/support';
const undoMs = 8000;

export class ConsoleStore {
  readonly me: Login['agent'];
  readonly isAdmin: boolean;
  readonly api: Api;
  readonly team: Team;
  readonly customers: Customers;
  readonly list: RoomList;
  readonly room: RoomStore;
  readonly live: Live;
  readonly sender: Sender;
  readonly uploads: Uploads;
  readonly typing = new TypingWatch();
  readonly typingReport = new TypingReport((roomId, isTyping) =>
    this.live.emit('typing', { room_id: roomId, is_typing: isTyping }));

  readonly modes = signal<ReadonlyMap<string, Mode>>(new Map()); // by room
  readonly drafts: ReturnType<typeof signal<Drafts>>;
  readonly colliding = signal(false); // sending was stopped: a colleague was first
  readonly attachmentLimit = signal(defaultLimit);
  readonly now = signal(Date.now()); // every 15 seconds
  readonly ready = signal(false);
  readonly mode = computed<Mode>(() => this.modes.value.get(this.room.id.value ?? '') ?? 'text');

  private readonly timers: ReturnType<typeof setInterval>[] = [];
  private readonly stopTitle: () => void;
  private readonly stopAsking: () => void;

  constructor(login: Login, private readonly signedOut: () => void) {
    this.me = login.agent;
    this.isAdmin = login.agent.role === 'admin';
    const headers = () => ({ Authorization: `Bearer ${login.token}` });
    this.api = new Api(headers);
    this.team = new Team(this.api);
    this.customers = new Customers(this.api);
    this.list = new RoomList(this.api, (error) => this.failed(error));
    this.room = new RoomStore(this.api, () => this.live, this.team, this.me.conversation_id,
      (error) => this.failed(error), (roomId) => this.list.markRead(roomId));
    this.sender = new Sender(`parlor.console.unsent.${this.me._id}.`, () => null, (entry) => this.deliver(entry));
    this.uploads = new Uploads(`${base}/attachment`, headers, () => this.attachmentLimit.value);
    this.drafts = signal<Drafts>(parseDrafts(localStorage.getItem(this.draftsKey())));
    this.live = new Live(this.api, {
      socket: () => Promise.resolve(io),
      auth: () => ({ token: login.token }),
      event: (name, data) => this.received(name, data),
      beforeCatchUp: () => {
        this.room.sayViewing();
        return this.sender.flush();
      },
      caughtUp: () => {
        this.list.refreshSoon();
        void this.room.refreshReceipts();
      },
      refused: signedOut,
    });
    this.timers.push(setInterval(() => { this.now.value = Date.now(); }, 15_000));
    this.stopTitle = effect(() => {
      const { count } = waitingCount(this.list.pages.value, this.list.total.value);
      document.title = count > 0 ? `(${count}) Parlor` : 'Parlor';
    });
    const ask = (event: Event) => event.preventDefault();
    this.stopAsking = effect(() => {
      if (!this.uploads.hasUnsent()) return undefined;
      window.addEventListener('beforeunload', ask);
      return () => window.removeEventListener('beforeunload', ask);
    });
  }

  async start(): Promise<void> {
    try {
      await this.live.begin();
      await Promise.all([this.list.refresh(), this.team.load(), this.loadLimits()]);
      this.ready.value = true;
      this.live.connect();
      void this.sender.flush();
    } catch (error) {
      this.failed(error);
      if (error instanceof ApiError && error.isTemporary) setTimeout(() => void this.start(), 2000);
    }
  }

  stop(): void {
    this.timers.forEach(clearInterval);
    this.stopTitle();
    this.stopAsking();
    this.live.close();
    document.title = 'Parlor';
  }

  async open(roomId: string | null): Promise<void> {
    this.typingReport.ended();
    this.colliding.value = false;
    await this.room.open(roomId);
  }

  // What is being written in the open room.
  key(): string {
    return draftKey(this.room.id.value ?? '', this.mode.value);
  }
  draft(): string {
    return this.drafts.value?.get(this.key())?.text ?? '';
  }
  setMode(mode: Mode): void {
    this.typingReport.ended();
    this.colliding.value = false;
    if (this.room.id.value) this.modes.value = new Map(this.modes.value).set(this.room.id.value, mode);
  }
  typed(text: string): void {
    this.keepDraft(this.key(), text);
    const roomId = this.room.id.value;
    // A note is nobody's business but the team's: the customer sees no typing for it.
    if (roomId && this.mode.value === 'text') this.typingReport.typed(roomId, text.trim() !== '');
  }

  // `anyway`: although a colleague has answered meanwhile. False: it was not sent.
  send(anyway = false): boolean {
    const roomId = this.room.id.value;
    const key = this.key();
    const text = this.draft().trim();
    const mode = this.mode.value;
    if (!roomId) return false;
    if (this.uploads.isBusy(key)) {
      say(t('stillUploading'));
      return false;
    }
    const files = this.uploads.of(key).some((upload) => upload.attachment);
    if (text === '' && !files) return false;
    const begunAt = this.drafts.value?.get(key)?.at ?? Date.now();
    if (!anyway && mode === 'text' && collides(this.room.colleague.value, begunAt, Date.now())) {
      this.colliding.value = true;
      return false;
    }
    const attachments = this.uploads.take(key);
    const pictures = attachments.length > 0 && attachments.every((file) => file.type.startsWith('image/'));
    const type = mode === 'note' ? 'note' : attachments.length === 0 ? 'text' : pictures ? 'image' : 'file';
    batch(() => {
      this.keepDraft(key, '');
      this.colliding.value = false;
      this.room.colleague.value = null;
    });
    this.typingReport.ended();
    this.sender.add(roomId, type, text, attachments);
    return true;
  }

  assign(roomId: string, conversationIds: string[]): Promise<boolean> {
    return this.change(() =>
      this.api.send('PATCH', '/room/assignee', { room_id: roomId, conversation_ids: conversationIds }));
  }

  async setStatus(roomId: string, status: RoomStatus): Promise<void> {
    const before = this.room.detail.value?._id === roomId ? this.room.detail.value.status : this.list.row(roomId)?.status;
    const done = await this.change(() => this.api.send('PATCH', '/room/status', { room_id: roomId, status }));
    if (!done || status !== 'closed') return;
    const undo = () => {
      dismiss();
      void this.setStatus(roomId, before && before !== 'closed' ? before : 'open');
    };
    say(t('closedToast'), { ms: undoMs, action: { label: t('undo'), run: undo } });
  }

  setRoom(roomId: string, change: { priority?: Priority; tags?: string[]; notes?: string }): Promise<boolean> {
    return this.change(() => this.api.send('PATCH', '/room', { room_id: roomId, ...change }));
  }

  favorite(roomId: string): Promise<boolean> {
    return this.change(async () => {
      const { room } = await this.api.send<{ room: { is_favorite: boolean } }>('POST', `/room/${roomId}/favorite`);
      this.list.change(roomId, (row) => ({ ...row, is_favorite: room.is_favorite }));
    });
  }

  async snooze(roomId: string, time: number, said: string): Promise<void> {
    const done = await this.change(() => this.api.send('POST', `/room/${roomId}/snooze`, { time }));
    if (!done) return;
    this.list.change(roomId, (row) => ({ ...row, snoozed_until: time }));
    if (time > 0) say(t('snoozedToast', { name: said }), { action: { label: t('undo'), run: () => { dismiss(); void this.snooze(roomId, 0, ''); } } });
  }

  async bulk(change: { status?: RoomStatus; priority?: Priority; assignee?: string | string[]; tags?: string[] }): Promise<void> {
    const ids = [...this.list.selected.value];
    await this.change(async () => {
      const { data } = await this.api.send<{ data: { success: boolean }[] }>('POST', '/room/bulk', { room_ids: ids, ...change });
      const failures = data.filter((answer) => !answer.success).length;
      this.list.clearSelection();
      if (failures > 0) say(plural('bulkFailed', failures), { tone: 'bad' });
      else say(plural('bulkDone', data.length));
    });
  }

  // Runs a change and shows what it did; false when it failed, which is said.
  async change(call: () => Promise<unknown>): Promise<boolean> {
    try {
      await call();
      await this.room.reload();
      this.list.refreshSoon();
      return true;
    } catch (error) {
      this.failed(error);
      return false;
    }
  }

  failed(error: unknown): void {
    if (error instanceof ApiError && error.status === 401) return this.signedOut();
    if (!(error instanceof ApiError)) return void console.error(error);
    say(error.status === 0 ? t('noServer') : t('failed', { name: error.message }), { tone: 'bad', ms: 6000 });
  }

  private async deliver(entry: Unsent): Promise<void> {
    const roomId = entry.roomId ?? '';
    const attachments = entry.attachments?.map(({ url, type, name, size }) => ({ url, type, name, size }));
    const answer = await this.api.send<{ messages: { message: WireMessage } }>('POST', '/message', {
      room_id: roomId, message: { type: entry.type, content: entry.content, ...(attachments ? { attachments } : {}) },
      _uniqueId: entry.clientId,
    });
    batch(() => {
      this.showMessage({ message: { ...answer.messages.message, room_id: roomId }, type: 'team' });
      this.sender.drop(entry.clientId);
    });
  }

  private received(name: string, data: unknown): void {
    if (name === 'newMessage') {
      const event = data as NewMessageEvent;
      this.tell(event);
      this.showMessage(event);
    }
    if (name === 'joinRoom') this.list.refreshSoon();
    if (name === 'updateRoom') {
      const { room_id, type, data: changed } = data as UpdateRoomEvent;
      if (type === 'status' || type === 'tags' || type === 'favorite' || type === 'snooze') {
        const { _id: _, updated_at: __, ...fields } = changed as Record<string, unknown>;
        this.list.change(room_id, (row) => ({ ...row, ...fields }));
      }
      this.list.refreshSoon();
    }
    if (name === 'typing') this.typing.receive(data as TypingEvent);
    this.room.received(name, data);
  }

  private showMessage(event: NewMessageEvent): void {
    const roomId = event.message.room_id ?? '';
    const seen = roomId === this.room.id.value && document.visibilityState === 'visible';
    batch(() => {
      this.room.messageArrived(event);
      this.typing.clear(roomId);
      this.list.messageArrived(event, seen);
    });
  }

  private tell({ message, type }: NewMessageEvent): void {
    const roomId = message.room_id ?? '';
    const row = this.list.row(roomId);
    const looked = roomId === this.room.id.value && document.visibilityState === 'visible';
    if (type !== 'support' || looked || (row?.snoozed_until ?? 0) > Date.now()) return;
    if (row && row.assignees.length > 0 && !row.assignees.includes(this.me.conversation_id)) return;
    if (row?.last_message && message.created_at <= row.last_message.created_at) return;
    announce(row?.contact.name || t('visitor'), message.content, roomId);
  }

  private async loadLimits(): Promise<void> {
    const { data } = await this.api.get<{ data: { limits: { attachment_bytes: number } } }>('/account');
    this.attachmentLimit.value = data.limits.attachment_bytes;
  }

  private draftsKey(): string {
    return `parlor.console.drafts.${this.me._id}`;
  }
  private keepDraft(key: string, text: string): void {
    const next = withDraft(this.drafts.value ?? new Map(), key, text, Date.now());
    this.drafts.value = next;
    try {
      localStorage.setItem(this.draftsKey(), writeDrafts(next));
    } catch {
      // The storage is full: the draft lives as long as the page.
    }
  }
}
