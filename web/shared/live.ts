// The live connection: Socket.IO for what happens now, `GET /sync` for what happened while away.
// After every connect it catches up from the last cursor; what arrives twice is harmless, because the
// timeline keeps one of each.
import { batch, signal } from '@preact/signals';
import type { ManagerOptions, Socket, SocketOptions } from 'socket.io-client';
import { Api } from './api';
import type { SyncPage } from './types';

export type LiveState = 'connecting' | 'online' | 'offline';

// socket.io-client's `io` with the server's address in it; may have to be loaded first.
export type OpenSocket = (options: Partial<ManagerOptions & SocketOptions>) => Socket;

export interface LiveHandlers {
  socket: () => Promise<OpenSocket>;
  auth: () => Record<string, string>;
  event: (name: string, data: unknown) => void;
  beforeCatchUp: () => Promise<void>; // own unsent messages go first
  caughtUp: () => void;
  refused: () => void; // the credentials are no longer accepted
  // What another dialect calls its events, and how it is asked what was missed.
  eventNames?: readonly string[];
  changes?: (after: string | undefined) => Promise<Pick<SyncPage, 'events' | 'cursor' | 'more'>>;
}

const eventNames = ['newMessage', 'joinRoom', 'updateRoom', 'typing', 'viewing', 'messageRead'];
const offlineAfterMs = 3000;
const gatherMs = 30;

export class Live {
  readonly state = signal<LiveState>('connecting');
  private socket: Socket | undefined;
  private closed = false;
  private cursor: string | undefined;
  private catchingUp: Promise<void> | undefined;
  private offlineTimer: ReturnType<typeof setTimeout> | undefined;
  private reconnectTimer: ReturnType<typeof setTimeout> | undefined;
  private heard: [name: string, data: unknown][] = [];

  constructor(
    private readonly api: Api,
    private readonly handlers: LiveHandlers,
  ) {}

  // Takes the cursor of now; what the page loads after this call is then complete.
  async begin(): Promise<void> {
    this.cursor = (await this.changes()).cursor;
  }

  connect(): void {
    this.closed = false;
    this.watchForOffline();
    this.handlers.socket().then(
      (open) => this.connectWith(open),
      () => {
        clearTimeout(this.reconnectTimer);
        this.reconnectTimer = setTimeout(() => this.connect(), 3000);
      },
    );
  }

  private connectWith(open: OpenSocket): void {
    if (this.closed) return;
    const socket = open({
      auth: (give) => give(this.handlers.auth()),
      reconnectionDelay: 400,
      reconnectionDelayMax: 3000,
      timeout: 8000,
    });
    this.socket = socket;
    socket.on('connect', () => {
      clearTimeout(this.offlineTimer);
      this.offlineTimer = undefined;
      this.state.value = 'online';
      void this.catchUp();
    });
    socket.on('disconnect', (reason) => {
      if (this.state.value === 'online') this.state.value = 'connecting';
      this.watchForOffline();
      // The client does not come back by itself when the server has said good-bye.
      if (reason === 'io server disconnect') this.reconnectSoon();
    });
    socket.on('connect_error', (error) => {
      this.watchForOffline();
      if (socket.active) return;
      if (error.message === 'Unauthorized') this.handlers.refused();
      else this.reconnectSoon();
    });
    for (const name of this.handlers.eventNames ?? eventNames) {
      socket.on(name, (data: unknown) => this.gather(name, data));
    }
  }

  // What comes in a burst is told together, and so drawn once.
  private gather(name: string, data: unknown): void {
    if (this.heard.push([name, data]) > 1) return;
    setTimeout(() => {
      const heard = this.heard;
      this.heard = [];
      if (!this.closed) this.tell(heard);
    }, gatherMs);
  }

  private tell(events: readonly [name: string, data: unknown][]): void {
    batch(() => {
      for (const [name, data] of events) {
        try {
          this.handlers.event(name, data);
        } catch (error) {
          console.error(error); // a listener of the page's: the others are told all the same
        }
      }
    });
  }

  reconnectNow(): void {
    this.socket?.disconnect().connect();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.offlineTimer);
    clearTimeout(this.reconnectTimer);
    this.socket?.disconnect();
    this.socket = undefined;
  }

  emit(name: string, data: unknown): void {
    if (this.socket?.connected) this.socket.emit(name, data);
  }

  catchUp(): Promise<void> {
    this.catchingUp ??= this.readChanges().finally(() => {
      this.catchingUp = undefined;
    });
    return this.catchingUp;
  }

  private async readChanges(): Promise<void> {
    await this.handlers.beforeCatchUp();
    for (let failures = 0; this.socket?.connected; ) {
      try {
        const page = await this.changes();
        this.tell(page.events.map(({ event, data }) => [event, data]));
        this.cursor = page.cursor;
        failures = 0;
        if (page.more) continue;
        this.handlers.caughtUp();
        return;
      } catch {
        failures += 1;
        await new Promise((resolve) => setTimeout(resolve, Math.min(8000, 500 * 2 ** failures)));
      }
    }
  }

  private changes(): Promise<Pick<SyncPage, 'events' | 'cursor' | 'more'>> {
    return this.handlers.changes?.(this.cursor) ?? this.api.get<SyncPage>('/sync', { after: this.cursor });
  }

  private watchForOffline(): void {
    this.offlineTimer ??= setTimeout(() => {
      this.state.value = 'offline';
    }, offlineAfterMs);
  }

  private reconnectSoon(): void {
    clearTimeout(this.reconnectTimer);
    this.reconnectTimer = setTimeout(() => this.socket?.connect(), 800);
  }
}
