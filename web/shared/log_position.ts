// Where a list of messages stands: it keeps its place when earlier ones are added above, follows new ones when it
// stands at the end, and otherwise counts those below.
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

export interface LogContent {
  roomKey: string;
  firstId: string; // of the oldest message shown
  lastId: string; // of the newest
  count: number;
  own: number; // of those, what I sent and is on its way: whoever sends wants to see it, wherever they were reading
  onReachTop: () => void;
  onSeen: () => void; // the newest message is in view
  onMoved: (atEnd: boolean) => void; // by the reader
}

export interface LogPosition {
  box: RefObject<HTMLDivElement | null>;
  below: number; // messages that came while the reader was further up
  scrolled: () => void;
  followDown: () => void;
}

const nearEndPx = 48;

export function useLogPosition({ roomKey, firstId, lastId, count, own, onReachTop, onSeen, onMoved }: LogContent): LogPosition {
  const box = useRef<HTMLDivElement>(null);
  const shown = useRef({ roomKey: '', firstId: '', lastId: '', count: 0, own: 0, height: 0, top: 0, atEnd: true });
  const [below, setBelow] = useState(0);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const before = shown.current;
    // The reader may have moved a moment ago, and the event that tells of it be still on its way.
    before.atEnd &&= !leftEnd(element, before.top);
    const fresh = before.roomKey !== roomKey || before.firstId === '';
    const sends = own > before.own;
    const added = lastId !== before.lastId ? Math.max(1, count - before.count) : 0;
    if (!fresh && firstId !== before.firstId && lastId === before.lastId && !before.atEnd) {
      element.scrollTop += element.scrollHeight - before.height;
    } else if (fresh || before.atEnd || sends) {
      element.scrollTop = element.scrollHeight;
      if (fresh || sends) setBelow(0);
      if (added > 0 || fresh) onSeen();
    } else if (added > 0) {
      setBelow((known) => known + added);
    }
    shown.current = {
      roomKey, firstId, lastId, count, own, height: element.scrollHeight, top: element.scrollTop,
      atEnd: fresh || before.atEnd || sends,
    };
  });

  // What grows without a new message (a font, the composer, a picture) must not push the end out of view.
  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => {
      if (!shown.current.atEnd || leftEnd(element, shown.current.top)) return;
      element.scrollTop = element.scrollHeight;
      shown.current.top = element.scrollTop;
    });
    observer.observe(element);
    if (element.firstElementChild) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, []);

  const scrolled = () => {
    const element = box.current;
    if (!element) return;
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < nearEndPx;
    if (atEnd && below > 0) {
      setBelow(0);
      onSeen();
    }
    onMoved(atEnd);
    shown.current.atEnd = atEnd;
    shown.current.top = element.scrollTop;
    if (element.scrollTop < 120 && element.scrollHeight > element.clientHeight) onReachTop();
  };

  // By the button, which goes then, and would leave the focus nowhere.
  const followDown = () => {
    if (box.current) box.current.scrollTop = box.current.scrollHeight;
    box.current?.focus();
  };

  return { box, below, scrolled, followDown };
}

function leftEnd(element: HTMLElement, top: number): boolean {
  return element.scrollTop < top - nearEndPx && element.scrollHeight - element.scrollTop - element.clientHeight >= nearEndPx;
}
