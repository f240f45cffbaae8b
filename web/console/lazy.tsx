// Screens that are read only when they are shown.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

export function lazy<Props extends object>(read: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let known: ComponentType<Props> | undefined;
  return function Lazy(props: Props) {
    const [, setRead] = useState(known !== undefined);
    useEffect(() => {
      if (!known) void read().then((found) => { known = found; setRead(true); });
    }, []);
    const Found = known;
    return Found ? <Found {...props} /> : null;
  };
}
