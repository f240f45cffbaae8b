// One conversation as the widget shows it, whatever API it comes through: state as signals, and what a person
// does. The dialects (visitor.ts, student.ts) say how the server is asked.
import { batch, computed, effect, signal, type Signal } from '@preact/signals';
import { ApiError, type Api } from '../shared/api';
import type { Live } from '../shared/live';
import { backoffMs, newClientId, type Unsent } from '../shared/outbox';
import { Sender } from '../shared/sender';
import {
  addOlder, emptyTimeline, keepNewest, merge, mostAtEnd, mostScrolled, replaceBy, type Message, type Timeline,
} from '../shared/timeline';
import type { Attachment } from '../shared/types';
import { TypingReport, TypingWatch } from '../shared/typing';
import type { Frame, Identity, InboxInfo } from './interface';
import { t } from './i18n';
import { Kept } from './storage';
import { changed, complaintAbout, fileSize, without, type Upload } from './uploads';

export type Phase = 'starting' | 'away' | 'refused' | 'ready';
// of a room: the four that a visitor's may be in, and the student's
export type Status = 'open' | 'pending' | 'closed' | 'waiting' | 'resolved';

export interface OwnRoom {
  id: string;
  status: Status;
  since: number; // when it came to this status, as far as known
}

// A line of the list of conversations.
export interface RoomLine {
  id: string;
  status: Status;
  subject: string;
  preview: string;
  at: number;
  unread: number;
}

export interface Page {
  messages: Message[];
  hasMore: boolean;
}

const pageSize = 30;
const maxNames = 20;

export abstract class ChatStore {
  readonly phase = signal<Phase>('starting');
  readonly info: Signal<InboxInfo | null>;
  readonly room = signal<OwnRoom | null>(null);
  readonly rooms = signal<readonly RoomLine[]>([]); // the visitor's others too
  readonly listing = signal(false);
  readonly timeline = signal<Timeline>(emptyTimeline);
  readonly loaded = signal(false); // the newest page is there
  readonly unread = signal(0);
  readonly open = signal(false);
  readonly draft = signal('');
  readonly uploads = signal<readonly Upload[]>([]);
  readonly complaint = signal(''); // about a file, the microphone
  readonly arrived = signal<Message | null>(null); // the newest that came in live
  readonly names = signal<ReadonlyMap<string, string>>(new Map()); // of the team, as far as known
  readonly form = signal<Identity>({}); // what the visitor says of themselves first
  readonly known = signal<Identity>({}); // what the site has said of them
  readonly hasSession = signal(false);
  readonly typing = new TypingWatch();
  atEnd = true; // the newest messages are looked at
  // What there is to ask before the first message.
  readonly asked = computed(() => (this.info.value?.pre_chat_fields ?? []).filter((field) => !this.known.value[field]));
  readonly blocked = computed(() => this.room.value?.status === 'waiting');

  readonly sender: Sender;
  abstract readonly api: Api;
  abstract readonly live: Live;
  readonly typingReport = new TypingReport((_, isTyping) => this.tellTyping(isTyping));

  readonly isStudent: boolean = false;
  protected readonly kept: Kept;
  protected readonly fileLimit: number = 25 * 1024 * 1024; // where the server has not said it
  private loadingOlder = false;
  private readUpTo = '';
  private draftTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly ended = new AbortController();

  constructor(protected readonly frame: Frame, keptAs: string) {
    this.kept = new Kept(`parlor.${keptAs}.`);
    this.info = signal(frame.info);
    this.draft.value = this.kept.get('draft') ?? '';
    this.names.value = new Map(Object.entries(this.kept.read<Record<string, string>>('names') ?? {}));
    this.sender = new Sender(`${this.kept.prefix}unsent.`, () => this.room.value?.id ?? null, (entry) => this.deliver(entry));
    const signalled = { signal: this.ended.signal };
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.refresh();
    }, signalled);
    // The page goes before the timer has kept the last letters.
    window.addEventListener('pagehide', () => {
      if (this.draft.value) this.keepDraft();
    }, signalled);
    // Text that waits is kept, a file is not: who leaves is asked first.
    const ask = (event: Event) => event.preventDefault();
    effect(() => {
      if (this.uploads.value.length > 0) window.addEventListener('beforeunload', ask, signalled);
      else window.removeEventListener('beforeunload', ask);
    });
    // Another tab has sent something: it is only in the history.
    window.addEventListener('storage', (event) => {
      if (event.newValue === null && event.key?.startsWith(`${this.kept.prefix}unsent.`)) void this.refresh();
    }, signalled);
  }

  showRooms(): void {
    this.listing.value = true;
  }

  // Goes on with that conversation; null begins another.
  choose(_roomId: string | null): void {}

  // Takes up what there was before. Tries again by itself while the server is away.
  abstract start(): Promise<void>;
  abstract identify(who: Identity): Promise<void>;
  abstract logout(): Promise<void>;
  protected abstract refreshInfo(): Promise<void>;
  protected abstract deliver(entry: Unsent): Promise<void>;
  protected abstract deliverFile(upload: Upload, onProgress: (sent: number) => void): Promise<Attachment | null>;
  protected abstract fetchPage(roomId: string, before: Message | null, limit: number): Promise<Page>;
  protected abstract tellTyping(isTyping: boolean): void;
  protected abstract tellRead(message: Message): void;

  destroy(): void {
    this.ended.abort();
    this.live.close();
    for (const upload of this.uploads.value) upload.cancel.abort();
  }

  setOpen(open: boolean): void {
    if (this.open.value === open) return;
    this.open.value = open;
    if (open) void this.refreshInfo().catch(() => undefined);
    if (open) void this.loadHistory().then(() => this.seen(), () => undefined);
    else this.typingReport.ended();
  }

  typed(text: string): void {
    this.draft.value = text;
    clearTimeout(this.draftTimer);
    this.draftTimer = setTimeout(() => this.keepDraft(), 300);
    const room = this.room.value;
    if (room) this.typingReport.typed(room.id, text.trim() !== '');
  }

  send(): void {
    const text = this.draft.value.trim();
    if (text === '' || this.blocked.value) return;
    this.clearDraft();
    this.say(text);
  }

  say(text: string): void {
    if (this.blocked.value) return;
    this.sender.add(this.room.value?.id ?? null, 'text', text);
    this.frame.tell('sent', { text });
  }

  private keepDraft(): void {
    clearTimeout(this.draftTimer);
    this.kept.set('draft', this.draft.value || null);
  }

  protected clearDraft(): void {
    this.draft.value = '';
    this.keepDraft();
    this.typingReport.ended();
  }

  sendFiles(files: Iterable<File>, seconds: number | null = null): void {
    if (this.blocked.value) return;
    const limit = this.info.value?.limits.attachment_bytes ?? this.fileLimit;
    this.complaint.value = '';
    for (const file of [...files].slice(0, this.info.value?.limits.attachments ?? 15)) {
      const wrong = complaintAbout(file.size, limit);
      if (wrong) {
        this.complaint.value = t(wrong, { name: `\u2068${file.name}\u2069`, n: fileSize(file.size, true), limit: fileSize(limit) });
        continue;
      }
      const preview = file.type.startsWith('image/') ? URL.createObjectURL(file) : null;
      const upload: Upload = {
        id: newClientId(), file, preview, sent: 0, seconds, state: 'sending', cancel: new AbortController(),
      };
      this.uploads.value = [...this.uploads.value, upload];
      void this.runUpload(upload);
    }
  }

  retryUpload(id: string): void {
    const upload = this.uploads.value.find((candidate) => candidate.id === id);
    if (upload) void this.runUpload(upload);
  }

  dropUpload(id: string): void {
    const upload = this.uploads.value.find((candidate) => candidate.id === id);
    upload?.cancel.abort();
    if (upload?.preview) URL.revokeObjectURL(upload.preview);
    this.uploads.value = without(this.uploads.value, id);
  }

  private async runUpload(upload: Upload): Promise<void> {
    const change = (it: Partial<Upload>) => (this.uploads.value = changed(this.uploads.value, upload.id, it));
    for (let failures = 0; !upload.cancel.signal.aborted; failures += 1) {
      change({ state: 'sending', sent: 0 });
      try {
        const attachment = await this.deliverFile(upload, (sent) => change({ sent }));
        batch(() => {
          // What it is the server has seen from what is in it.
          const type = attachment?.type.startsWith('image/') ? 'image' : 'file';
          if (attachment) this.sender.add(this.room.value?.id ?? null, type, '', [attachment]);
          this.dropUpload(upload.id);
        });
        return;
      } catch (error) {
        if (upload.cancel.signal.aborted) return;
        if (!(error instanceof ApiError) || !error.isTemporary) {
          change({ state: 'failed' });
          return;
        }
        change({ state: 'waiting' });
        await new Promise((resolve) => setTimeout(resolve, error.retryAfterMs || backoffMs(failures)));
      }
    }
  }

  // The newest message is on the screen.
  seen(): void {
    if (!this.room.value || !this.open.value || document.visibilityState !== 'visible') return;
    const messages = this.timeline.value.messages;
    const last = messages[messages.length - 1];
    this.unread.value = 0;
    if (!last || last.side === 'customer' || last.id === this.readUpTo) return;
    this.readUpTo = last.id;
    this.tellRead(last);
  }

  async loadOlder(): Promise<void> {
    const room = this.room.value;
    const oldest = this.timeline.value.messages[0];
    if (!room || !oldest || this.loadingOlder || !this.timeline.value.hasOlder) return;
    this.loadingOlder = true;
    try {
      const page = await this.fetchPage(room.id, oldest, pageSize);
      this.timeline.value = addOlder(this.timeline.value, page.messages, page.hasMore);
    } catch {
      // The next scroll to the top tries again.
    } finally {
      this.loadingOlder = false;
    }
  }

  protected async loadHistory(): Promise<void> {
    const room = this.room.value;
    if (!room || this.loaded.value) return;
    const page = await this.fetchPage(room.id, null, pageSize);
    if (this.room.value?.id !== room.id) return;
    batch(() => {
      this.timeline.value = replaceBy(this.timeline.value, page.messages, page.hasMore);
      this.loaded.value = true;
    });
  }

  // Coming back: what was written in another tab, read and delivered meanwhile is only in the history.
  protected async refresh(): Promise<void> {
    const room = this.room.value;
    if (!room || !this.open.value) return;
    try {
      await this.loadHistory();
      const page = await this.fetchPage(room.id, null, pageSize);
      if (this.room.value?.id === room.id) this.timeline.value = merge(this.timeline.value, page.messages);
      this.seen();
    } catch {
      // It stays as it is until the next time.
    }
  }

  protected receive(message: Message): void {
    const room = this.room.value;
    if (!room) return;
    batch(() => {
      const known = this.timeline.value.messages.some((entry) => entry.id === message.id);
      this.timeline.value = keepNewest(merge(this.timeline.value, [message]), this.atEnd ? mostAtEnd : mostScrolled);
      if (message.side === 'customer' || known) return;
      this.typing.clear(room.id);
      if (!this.open.value || document.visibilityState !== 'visible') this.unread.value += 1;
      this.arrived.value = message;
      this.frame.tell('message', { text: message.content });
    });
  }

  protected learnName(id: string, name: string): void {
    if (!id || !name || this.names.value.get(id) === name) return;
    const names = new Map(this.names.value);
    names.delete(id);
    names.set(id, name);
    this.names.value = new Map([...names].slice(-maxNames));
    this.kept.set('names', JSON.stringify(Object.fromEntries(this.names.value)));
  }

  protected forget(): void {
    batch(() => {
      this.room.value = null;
      this.timeline.value = emptyTimeline;
      this.loaded.value = false;
      this.unread.value = 0;
      this.readUpTo = '';
    });
  }
}
