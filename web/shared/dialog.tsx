// A question that has to be answered first. The browser's own dialog keeps the focus inside and closes on Escape.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface DialogProps {
  title: string;
  wide?: boolean;
  className?: string;
  onClose: () => void;
  children: ComponentChildren;
}

export function Dialog({ title, wide = false, className = '', onClose, children }: DialogProps) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = box.current;
    const before = document.activeElement as HTMLElement | null;
    element?.showModal();
    return () => {
      element?.close();
      before?.focus?.({ preventScroll: true });
    };
  }, []);
  return (
    <dialog
      ref={box} class={`dialog${wide ? ' wide' : ''} ${className}`} aria-label={title} onClose={onClose}
      onCancel={(event) => { event.preventDefault(); onClose(); }}
      onPointerDown={(event) => { if (event.target === box.current) onClose(); }}
    >
      <div class="dialog-inner">{children}</div>
    </dialog>
  );
}
