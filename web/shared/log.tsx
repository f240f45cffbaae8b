// The list of a conversation's messages, with a way down to new ones.
import type { ComponentChildren } from 'preact';
import { Icon } from './icons';
import { plural, t } from './i18n';
import { useLogPosition, type LogContent } from './log_position';

interface LogProps extends LogContent {
  children: ComponentChildren;
}

export function MessageLog({ children, ...content }: LogProps) {
  const { box, below, scrolled, followDown } = useLogPosition(content);
  return (
    <div class="log-frame">
      <div class="log" role="log" aria-label={t('messages')} aria-live="off" tabIndex={0} ref={box} onScroll={scrolled}>
        <div class="log-inner">{children}</div>
      </div>
      {below > 0 && (
        <button type="button" class="below" onClick={followDown}>
          <Icon name="down" size={15} />{plural('newMessages', below)}
        </button>
      )}
    </div>
  );
}
