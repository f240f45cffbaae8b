// The console's keys. None while somebody types, none with a modifier but the search, and all but the search
// can be switched off.
export type Action = 'search' | 'next' | 'previous' | 'reply' | 'note' | 'assign' | 'close' | 'snooze' | 'keys';

const letters: Readonly<Record<string, Action>> = {
  j: 'next', k: 'previous', r: 'reply', n: 'note', a: 'assign', e: 'close', z: 'snooze', '?': 'keys',
};

export interface Pressed {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isComposing: boolean;
  typing: boolean; // in a field
}

export function actionOf(pressed: Pressed, lettersOn: boolean): Action | null {
  if (pressed.isComposing || pressed.altKey) return null;
  if (pressed.ctrlKey || pressed.metaKey) {
    return pressed.key.toLowerCase() === 'k' || pressed.code === 'KeyK' ? 'search' : null;
  }
  if (pressed.typing || !lettersOn) return null;
  const own = letters[pressed.key];
  if (own) return own;
  // On a keyboard of another script, by the key's place.
  return /^[\x20-\x7e]$/.test(pressed.key) ? null : letters[pressed.code.replace('Key', '').toLowerCase()] ?? null;
}

export function isTyping(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null;
  return !!element?.closest?.('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]');
}
