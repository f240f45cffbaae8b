// The outbox at work: holds the unsent messages as a signal, keeps them in localStorage, and sends them
// one after another until the server has acknowledged or refused each.
import { signal } from '@preact/signals';
import { ApiError } from './api';
import {
  addressed, afterAttempt, aged, backoffMs, compareUnsent, newClientId, nextToSend, parseUnsent, retried,
  type Attempt, type Unsent,
} from './outbox';
import type { Attachment, MessageType } from './types';

export class Sender {
  readonly unsent = signal<readonly Unsent[]>([]);
  readonly slowedUntil = signal(0); // the server asked to wait until then
  private running = false;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private lastAt = 0;

  constructor(
    private readonly keyPrefix: string,
    private readonly openRoomId: () => string | null,
    private readonly deliver: (entry: Unsent) => Promise<void>,
  ) {
    const found = keptEntries(keyPrefix);
    this.unsent.value = found.sort(compareUnsent);
    // Another tab has delivered or deleted one of them.
    window.addEventListener('storage', (event) => {
      if (!event.key?.startsWith(keyPrefix) || event.newValue !== null) return;
      const clientId = event.key.slice(keyPrefix.length);
      this.unsent.value = this.unsent.value.filter((entry) => entry.clientId !== clientId);
    });
  }

  add(roomId: string | null, type: MessageType, content: string, attachments: readonly Attachment[] = []): void {
    this.lastAt = Math.max(Date.now(), this.lastAt + 1);
    const entry: Unsent = {
      clientId: newClientId(), roomId, tried: false, type, content, at: this.lastAt, failed: false,
      ...(attachments.length > 0 ? { attachments } : {}),
    };
    this.keep(entry);
    this.unsent.value = [...this.unsent.value, entry];
    void this.flush();
  }

  retry(clientId: string): void {
    this.unsent.value = retried(this.unsent.value, clientId, Date.now());
    const entry = this.unsent.value.find((candidate) => candidate.clientId === clientId);
    if (entry) this.keep(entry);
    void this.flush();
  }

  drop(clientId: string): void {
    this.discard(clientId);
    this.unsent.value = this.unsent.value.filter((entry) => entry.clientId !== clientId);
  }

  // Resolves when nothing is left to send or the next attempt has to wait.
  async flush(): Promise<void> {
    if (this.running) return;
    this.running = true;
    clearTimeout(this.timer);
    try {
      for (let entry = nextToSend(this.unsent.value); entry; entry = nextToSend(this.unsent.value)) {
        const attempt = await this.attempt(entry);
        if (attempt.outcome === 'later') {
          this.timer = setTimeout(() => void this.flush(), attempt.afterMs);
          return;
        }
        this.failures = 0;
      }
    } finally {
      this.running = false;
    }
  }

  private async attempt(candidate: Unsent): Promise<Attempt> {
    const entry = addressed(candidate, this.openRoomId());
    this.keep(entry);
    const attempt = await this.deliver(entry).then(
      (): Attempt => ({ outcome: 'accepted' }),
      (error: unknown): Attempt => this.judge(error),
    );
    const list = this.unsent.value.map((known) => (known.clientId === entry.clientId ? entry : known));
    this.unsent.value = afterAttempt(list, entry.clientId, attempt);
    if (attempt.outcome === 'accepted') this.discard(entry.clientId);
    if (attempt.outcome === 'refused') this.keep({ ...entry, failed: true });
    return attempt;
  }

  private judge(error: unknown): Attempt {
    if (!(error instanceof ApiError) || !error.isTemporary) return { outcome: 'refused' };
    const afterMs = error.retryAfterMs || backoffMs(this.failures);
    this.failures += 1;
    if (error.status === 429) this.slowedUntil.value = Date.now() + afterMs;
    return { outcome: 'later', afterMs };
  }

  private keep(entry: Unsent): void {
    try {
      localStorage.setItem(this.keyPrefix + entry.clientId, JSON.stringify(entry));
    } catch {
      // The storage is full or forbidden: the message lives as long as the page.
    }
  }

  private discard(clientId: string): void {
    try {
      localStorage.removeItem(this.keyPrefix + clientId);
    } catch {
      // Nothing was kept there.
    }
  }
}

function keptEntries(keyPrefix: string): Unsent[] {
  const found: Unsent[] = [];
  try {
    for (let index = 0; index < localStorage.length; index += 1) {
      const key = localStorage.key(index);
      const entry = key?.startsWith(keyPrefix) ? parseUnsent(localStorage.getItem(key)) : null;
      if (entry) found.push(aged(entry, Date.now()));
    }
  } catch {
    // Storage is forbidden: there is nothing from before.
  }
  return found;
}
