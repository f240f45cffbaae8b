// The one conversation that is open: its room, its messages, who else is there.
import { batch, computed, signal } from '@preact/signals';
import { ApiError, type Api } from '../shared/api';
import type { Live } from '../shared/live';
import {
  addOlder, emptyTimeline, fromWire, keepNewest, markRead, merge, mostAtEnd, mostScrolled, replaceBy, type Message, type Timeline,
} from '../shared/timeline';
import type {
  MessageReadEvent, NewMessageEvent, RoomStatus, UpdateRoomEvent, ViewingEvent, WireMessage,
} from '../shared/types';
import type { Answer } from './collision';
import { withPast, type Line } from './lines';
import type { ContactDetail, ContactRoom, RoomDetail } from './model';
import type { Team } from './team';

const pageSize = 40;
const mostLines = 100;
const detailDelayMs = 80;

type MessagePage = { messages: WireMessage[]; hasMore: boolean };

export interface Device {
  last_activity: string;
  ip: string;
  verified: boolean;
  language?: string;
  timezone?: string;
  page?: string;
}

export class RoomStore {
  readonly id = signal<string | null>(null);
  readonly detail = signal<RoomDetail | null>(null);
  readonly timeline = signal<Timeline>(emptyTimeline);
  readonly loaded = signal(false);
  readonly lines = signal<readonly Line[]>([]);
  readonly lostTo = signal<string | null>(null); // who has it now; '' = nobody that is known
  readonly missing = signal(false);
  readonly viewers = signal<readonly { conversation_id: string; name: string }[]>([]);
  readonly contact = signal<ContactDetail | null>(null);
  readonly earlier = signal<{ rooms: readonly ContactRoom[]; total: number }>({ rooms: [], total: 0 });
  readonly devices = signal<readonly Device[]>([]);
  readonly colleague = signal<Answer | null>(null); // the newest answer of another agent
  readonly said = signal<Message | null>(null); // by others, the newest that came in live
  readonly atEnd = signal(true);
  readonly isMine = computed(() => !!this.detail.value?.assignees.some((one) => one.conversation_id === this.me));

  private holders = ''; // whom it was last given to
  private status: RoomStatus | undefined; // as the changes told it, which the detail may be ahead of
  private missed = false; // a change was caught up with: its time is the room's to tell
  private loadingOlder = false;
  private readUpTo = '';
  private detailTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly api: Api,
    private readonly live: () => Live,
    private readonly team: Team,
    private readonly me: string,
    private readonly failed: (error: unknown) => void,
    private readonly onRead: (roomId: string) => void,
  ) {}

  async open(roomId: string | null): Promise<void> {
    if (this.id.value) this.live().emit('viewing', { room_id: this.id.value, open: false });
    batch(() => {
      this.id.value = roomId;
      this.detail.value = null;
      this.timeline.value = emptyTimeline;
      this.loaded.value = false;
      this.lines.value = [];
      this.lostTo.value = null;
      this.missing.value = false;
      this.viewers.value = [];
      this.contact.value = null;
      this.earlier.value = { rooms: [], total: 0 };
      this.devices.value = [];
      this.colleague.value = null;
      this.said.value = null;
      this.atEnd.value = true;
    });
    this.holders = '';
    this.status = undefined;
    this.missed = false;
    if (roomId === null) return;
    this.sayViewing();
    try {
      await Promise.all([this.loadNewest(roomId), this.loadDetail(roomId)]);
      if (this.id.value === roomId) this.onRead(roomId);
      void this.loadPerson(roomId);
    } catch (error) {
      if (this.id.value === roomId) this.failed(error);
    }
  }

  // Said again after each connect: the server forgets it with the socket.
  sayViewing(): void {
    if (this.id.value) this.live().emit('viewing', { room_id: this.id.value, open: true });
  }

  async loadOlder(): Promise<void> {
    const roomId = this.id.value;
    const oldest = this.timeline.value.messages[0];
    if (!roomId || !oldest || this.loadingOlder || !this.timeline.value.hasOlder) return;
    this.loadingOlder = true;
    try {
      const page = await this.api.get<MessagePage>('/message', { room_id: roomId, limit: pageSize, upperRef: oldest.id });
      if (this.id.value !== roomId) return;
      const older = page.messages.map((wire) => fromWire(wire, roomId, 'agent'));
      this.timeline.value = addOlder(this.timeline.value, older, page.hasMore);
    } catch (error) {
      this.failed(error);
    } finally {
      this.loadingOlder = false;
    }
  }

  seen(): void {
    const roomId = this.id.value;
    const messages = this.timeline.value.messages;
    const last = messages[messages.length - 1];
    if (!roomId || !last || document.visibilityState !== 'visible') return;
    this.onRead(roomId);
    if (last.side === 'agent' || last.id === this.readUpTo) return;
    this.readUpTo = last.id;
    this.live().emit('read', { room_id: roomId, message_id: last.id });
  }

  received(name: string, data: unknown): void {
    if (name === 'updateRoom') this.updated(data as UpdateRoomEvent);
    if (name === 'viewing') {
      const event = data as ViewingEvent;
      if (event.room_id !== this.id.value) return;
      this.viewers.value = event.agents.filter((agent) => agent.conversation_id !== this.me);
    }
    if (name === 'messageRead') {
      const event = data as MessageReadEvent;
      if (event.reader.kind === 'customer' && event.room_id === this.id.value) {
        this.timeline.value = markRead(this.timeline.value, event, 'agent');
      }
    }
  }

  messageArrived(event: NewMessageEvent): void {
    const roomId = event.message.room_id ?? '';
    if (roomId !== this.id.value) return;
    const side = event.type === 'support' ? 'customer' : 'agent';
    const message = fromWire(event.message, roomId, 'agent', side);
    const isNew = !this.timeline.value.messages.some((known) => known.id === message.id);
    const merged = merge(this.timeline.value, [message]);
    this.timeline.value = keepNewest(merged, this.atEnd.value ? mostAtEnd : mostScrolled);
    if (isNew && message.authorId !== this.me) this.said.value = message;
    if (isNew && side === 'agent' && message.type !== 'note' && !message.app && message.authorId !== this.me) {
      this.colleague.value = { name: this.team.name(message.authorId) ?? '', at: Date.now() };
    }
    // Answering an unassigned room takes it; writing into a closed one opens it.
    if (isNew) this.loadDetailSoon(roomId);
  }

  // After a reconnect: who read what meanwhile is told to nobody again.
  async refreshReceipts(): Promise<void> {
    const roomId = this.id.value;
    if (!roomId || document.visibilityState !== 'visible' || this.timeline.value.messages.length === 0) return;
    try {
      const page = await this.api.get<MessagePage>('/message', { room_id: roomId, limit: pageSize });
      if (this.id.value !== roomId) return;
      this.timeline.value = merge(this.timeline.value, page.messages.map((wire) => fromWire(wire, roomId, 'agent')));
    } catch {
      // The marks stay as they are until the next catching up.
    }
  }

  async reload(): Promise<void> {
    if (this.id.value) await this.loadDetail(this.id.value);
  }

  async loadPerson(roomId: string): Promise<void> {
    const detail = this.detail.value;
    if (!detail || detail._id !== roomId) return;
    const [contact, rooms, conversation] = await Promise.allSettled([
      this.api.get<{ data: ContactDetail }>(`/contact/${detail.contact._id}`),
      this.api.get<{ rooms: ContactRoom[]; pagination: { total: number } }>(`/contact/${detail.contact._id}/rooms`, { limit: 20 }),
      this.api.get<{ sessions: Device[] }>(`/conversation/${detail.conversation_id}`),
    ]);
    if (this.id.value !== roomId) return;
    batch(() => {
      if (contact.status === 'fulfilled') this.contact.value = contact.value.data;
      if (rooms.status === 'fulfilled') {
        const others = rooms.value.rooms.filter((room) => room._id !== roomId);
        this.earlier.value = { rooms: others, total: Math.max(0, rooms.value.pagination.total - 1) };
      }
      if (conversation.status === 'fulfilled') this.devices.value = conversation.value.sessions;
    });
  }

  private async loadNewest(roomId: string): Promise<void> {
    const page = await this.api.get<MessagePage>('/message', { room_id: roomId, limit: pageSize }).catch((error: unknown) => {
      if (error instanceof ApiError && (error.status === 403 || error.status === 404)) return null;
      throw error;
    });
    if (this.id.value !== roomId || !page) return;
    const messages = page.messages.map((wire) => fromWire(wire, roomId, 'agent'));
    batch(() => {
      this.timeline.value = replaceBy(this.timeline.value, messages, page.hasMore);
      this.loaded.value = true;
    });
  }

  private async loadDetail(roomId: string): Promise<void> {
    try {
      const { data } = await this.api.get<{ data: RoomDetail }>(`/room/${roomId}`);
      if (this.id.value !== roomId) return;
      batch(() => {
        const before = this.detail.value;
        this.detail.value = data;
        this.lostTo.value = null;
        if (!before || this.missed) {
          this.lines.value = withPast(this.lines.value, linesOf(data));
          this.status = data.status;
          this.missed = false;
        }
      });
    } catch (error) {
      if (!(error instanceof ApiError) || (error.status !== 403 && error.status !== 404)) throw error;
      if (this.id.value !== roomId) return;
      if (this.detail.value) {
        this.lostTo.value = this.holders;
        if (this.missed) this.addLine({ key: 'lost', at: Date.now(), kind: this.holders ? 'assigned' : 'unassigned', names: this.holders });
      }
      else this.missing.value = true;
    }
  }

  private updated({ room_id, type, data }: UpdateRoomEvent): void {
    if (room_id !== this.id.value) return;
    // A change without its time is one that was caught up with, and may have been told before, or the loss of the room.
    const at = typeof data.updated_at === 'string' ? Date.parse(data.updated_at) : null;
    if (at === null && (type === 'assignee' || type === 'status')) this.missed = true;
    if (type === 'assignee') {
      const ids = (data.assignees as { conversation_id: string }[]).map((one) => one.conversation_id);
      const names = ids.map((id) => this.team.name(id) ?? '').filter(Boolean).join(', ');
      // Whether it may still be seen, reading it again tells.
      this.holders = names;
      if (at !== null) this.addLine({ key: `assignee${at}`, at, kind: ids.length > 0 ? 'assigned' : 'unassigned', names });
    }
    if (type === 'status' && at !== null && this.status && data.status !== this.status) {
      this.status = data.status as RoomStatus;
      const kinds: Record<RoomStatus, Line['kind']> = { open: 'reopened', pending: 'pending', closed: 'closed' };
      this.addLine({ key: `status${at}`, at, kind: kinds[this.status], names: '' });
    }
    this.loadDetailSoon(room_id);
  }

  private addLine(line: Line): void {
    if (this.lines.value.some((known) => known.key === line.key)) return;
    this.lines.value = [...this.lines.value, line].slice(-mostLines);
  }

  private loadDetailSoon(roomId: string): void {
    clearTimeout(this.detailTimer);
    this.detailTimer = setTimeout(() => void this.loadDetail(roomId).catch(() => undefined), detailDelayMs);
  }
}

// What a room says itself of its past.
function linesOf(room: RoomDetail): Line[] {
  const lines: Line[] = [];
  const newest = room.assignees[room.assignees.length - 1];
  if (newest) {
    const names = room.assignees.map((one) => one.user.name).join(', ');
    lines.push({ key: 'assigned', at: Date.parse(newest.assigned_at), kind: 'assigned', names });
  }
  if (room.closed_at) lines.push({ key: 'closed', at: Date.parse(room.closed_at), kind: 'closed', names: '' });
  return lines;
}
