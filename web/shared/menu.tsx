// A button that opens a menu or a panel beside it. Arrow keys move, Escape and a press elsewhere close it and
// give the focus back.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

interface PopoverProps {
  label: string;
  button: ComponentChildren;
  buttonClass?: string;
  title?: string;
  align?: 'start' | 'end';
  side?: 'below' | 'above';
  panelClass?: string;
  role?: 'menu' | 'dialog' | 'listbox';
  disabled?: boolean;
  openSignal?: { value: boolean }; // opened from elsewhere: a key
  children: (close: () => void) => ComponentChildren;
}

export function Popover({
  label, button, buttonClass = 'icon-button', title, align = 'start', side = 'below', panelClass = '', role = 'menu',
  disabled = false, openSignal, children,
}: PopoverProps) {
  const [isOpen, setOpen] = useState(false);
  const open = openSignal ? openSignal.value : isOpen;
  const anchor = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const set = (next: boolean) => {
    if (openSignal) openSignal.value = next;
    else setOpen(next);
  };
  const close = () => {
    set(false);
    trigger.current?.focus({ preventScroll: true });
  };

  useEffect(() => {
    if (!open) return undefined;
    const panel = anchor.current?.querySelector<HTMLElement>('.popover');
    if (panel) keepInside(panel);
    (panel?.querySelector<HTMLElement>('input, textarea, [role=menuitem], [role=menuitemradio], button'))?.focus({ preventScroll: true });
    const elsewhere = (event: PointerEvent) => {
      if (!anchor.current?.contains(event.target as Node)) set(false);
    };
    document.addEventListener('pointerdown', elsewhere, true);
    return () => document.removeEventListener('pointerdown', elsewhere, true);
  }, [open]);

  const pressed = (event: KeyboardEvent) => {
    if (!open) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    if (event.target instanceof HTMLTextAreaElement) return;
    event.preventDefault();
    const items = [...(anchor.current?.querySelectorAll<HTMLElement>('.popover [role^=menuitem], .popover button, .popover input') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const next = items[(at + (event.key === 'ArrowDown' ? 1 : -1) + items.length) % items.length];
    next?.focus();
  };

  return (
    <div class="popover-anchor" ref={anchor} onKeyDown={pressed}>
      <button
        type="button" ref={trigger} class={buttonClass} aria-haspopup={role} aria-expanded={open}
        title={title ?? label} disabled={disabled} onClick={() => set(!open)}
      >
        <span class="hidden">{label}</span><span class="popover-face" aria-hidden="true">{button}</span>
      </button>
      {open && (
        <div class={`popover pop-${side} pop-${align} ${panelClass}`} role={role === 'dialog' ? 'dialog' : role} aria-label={label}>
          {children(close)}
        </div>
      )}
    </div>
  );
}

const marginPx = 8;

// On a narrow window a panel may begin too far to one side.
function keepInside(panel: HTMLElement): void {
  const { left, right } = panel.getBoundingClientRect();
  const over = right - (document.documentElement.clientWidth - marginPx);
  const shift = over > 0 ? -over : left < marginPx ? marginPx - left : 0;
  if (shift !== 0) panel.style.transform = `translateX(${shift}px)`;
}

interface ItemProps {
  icon?: ComponentChildren;
  hint?: string; // its key
  checked?: boolean;
  danger?: boolean;
  onChoose: () => void;
  children: ComponentChildren;
}

export function MenuItem({ icon, hint, checked, danger = false, onChoose, children }: ItemProps) {
  return (
    <button
      type="button" class={`menu-item${danger ? ' danger' : ''}`} role={checked === undefined ? 'menuitem' : 'menuitemradio'}
      aria-checked={checked} tabIndex={-1} onClick={onChoose}
    >
      {icon}<span class="menu-words">{children}</span>{hint && <kbd>{hint}</kbd>}
      {checked && <span class="menu-check" aria-hidden="true">✓</span>}
    </button>
  );
}
