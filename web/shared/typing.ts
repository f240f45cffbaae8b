// Who is typing, by room. An entry ends by itself after six seconds, should its end never arrive.
import { signal } from '@preact/signals';
import type { TypingEvent } from './types';

const expiryMs = 6000;
const repeatMs = 3000;

export class TypingWatch {
  readonly byRoom = signal<ReadonlyMap<string, string>>(new Map()); // room → the typing person's name
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  receive(event: TypingEvent): void {
    clearTimeout(this.timers.get(event.room_id));
    if (!event.is_typing) return this.clear(event.room_id);
    this.byRoom.value = new Map(this.byRoom.value).set(event.room_id, event.from.name);
    this.timers.set(event.room_id, setTimeout(() => this.clear(event.room_id), expiryMs));
  }

  clear(roomId: string): void {
    if (!this.byRoom.value.has(roomId)) return;
    const rest = new Map(this.byRoom.value);
    rest.delete(roomId);
    this.byRoom.value = rest;
  }
}

// Tells the others that this person is typing: at most every three seconds, and once when it ends.
export class TypingReport {
  private roomId: string | null = null;
  private saidAt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly emit: (roomId: string, isTyping: boolean) => void) {}

  typed(roomId: string, hasText: boolean): void {
    if (!hasText) return this.ended();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ended(), expiryMs - 1000);
    if (this.roomId === roomId && Date.now() - this.saidAt < repeatMs) return;
    this.roomId = roomId;
    this.saidAt = Date.now();
    this.emit(roomId, true);
  }

  ended(): void {
    clearTimeout(this.timer);
    if (this.roomId !== null) this.emit(this.roomId, false);
    this.roomId = null;
    this.saidAt = 0;
  }
}
