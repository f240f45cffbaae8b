// The text field that messages are written in. Enter sends, Shift+Enter begins a line; while an input
// method composes, Enter belongs to it.
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

interface FieldProps {
  value: string;
  label: string;
  disabled?: boolean;
  fieldRef?: RefObject<HTMLTextAreaElement | null>;
  onInput: (text: string) => void;
  onSend: () => void;
  onBlur: () => void;
}

const tallestPx = 168;

export function MessageField({ value, label, disabled = false, fieldRef, onInput, onSend, onBlur }: FieldProps) {
  const own = useRef<HTMLTextAreaElement>(null);
  const field = fieldRef ?? own;

  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.style.height = 'auto';
    element.style.height = `${Math.min(element.scrollHeight, tallestPx)}px`;
  }, [value]);

  const pressed = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey) return;
    if (event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    onSend();
  };

  return (
    <textarea
      ref={field} rows={1} dir={value === '' ? undefined : 'auto'} value={value} placeholder={label} aria-label={label} disabled={disabled}
      enterkeyhint="send" maxLength={150_000} onKeyDown={pressed} onBlur={onBlur}
      onInput={(event) => onInput(event.currentTarget.value)}
    />
  );
}
