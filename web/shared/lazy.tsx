// A component that is loaded when it is first shown, with another in its place until then. Tries again while the
// server does not answer.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

const retryMs = 3000;

export function lazy<P extends object>(load: () => Promise<ComponentType<P>>, Until?: ComponentType<P>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  return function Lazy(props: P) {
    const [, redraw] = useState(0);
    useEffect(() => {
      let wanted = true;
      const attempt = () => void load().then((found) => {
        loaded = found;
        if (wanted) redraw(1);
      }, () => wanted && setTimeout(attempt, retryMs));
      if (!loaded) attempt();
      return () => void (wanted = false);
    }, []);
    const Loaded = loaded ?? Until;
    return Loaded ? <Loaded {...props} /> : null;
  };
}
