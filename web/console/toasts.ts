// Short words at the edge of the window, some with something to undo. One at a time: the newest.
import { signal } from '@preact/signals';

export interface Toast {
  text: string;
  tone: 'plain' | 'bad';
  endsAt: number;
  action?: { label: string; run: () => void };
}

export const toast = signal<Toast | null>(null);
let timer: ReturnType<typeof setTimeout> | undefined;

export function say(text: string, { ms = 4000, tone = 'plain' as Toast['tone'], action = undefined as Toast['action'] } = {}): void {
  clearTimeout(timer);
  toast.value = { text, tone, endsAt: Date.now() + ms, ...(action ? { action } : {}) };
  timer = setTimeout(dismiss, ms);
}

export function dismiss(): void {
  clearTimeout(timer);
  toast.value = null;
}
