// The messages, in a list that keeps its place. Loaded with the first message.
import { useLogPosition } from '../shared/log_position';
import { clockTime } from '../shared/format';
import { Bubbles, Typing, UnsentBubbles } from './bubbles';
import { Icon } from './icons';
import { downIcon, usersIcon } from './later_icons';
import type { Frame } from './interface';
import { language, plural, t } from './i18n';
import { lazy } from '../shared/lazy';
import css from './log.css';
import { titleOf } from './panel';
import type { ChatStore } from './store';
import { addStyles } from './styles';

addStyles(css);

const UploadBubbles = lazy(async () => (await import('./files')).UploadBubbles);

export function Log({ store, frame }: { store: ChatStore; frame: Frame }) {
  const { messages } = store.timeline.value;
  const unsent = store.sender.unsent.value;
  const uploads = store.uploads.value;
  const room = store.room.value;
  const typing = room ? store.typing.byRoom.value.get(room.id) : undefined;
  const { box, below, scrolled, followDown } = useLogPosition({
    roomKey: room?.id ?? 'new',
    firstId: messages[0]?.id ?? '',
    lastId: uploads[uploads.length - 1]?.id ?? unsent[unsent.length - 1]?.clientId ?? messages[messages.length - 1]?.id ?? '',
    count: messages.length + unsent.length + uploads.length,
    own: unsent.length + uploads.length,
    onReachTop: () => void store.loadOlder(),
    onSeen: () => store.seen(),
    onMoved: (atEnd) => (store.atEnd = atEnd),
  });
  return (
    <div class="log-frame">
      <div class="log" role="log" aria-live="off" aria-label={t('messages')} tabIndex={0} ref={box} onScroll={scrolled}>
        <div class="log-inner">
          <Bubbles store={store} title={titleOf(store, frame)} />
          {uploads.length > 0 && <UploadBubbles store={store} />}
          <UnsentBubbles entries={unsent} onRetry={(id) => store.sender.retry(id)} onDrop={(id) => store.sender.drop(id)} />
          {store.blocked.value && room && (
            <p class="system"><Icon path={usersIcon} size={15} />{t('sentToTeam', { when: clockTime(room.since, language.value) })}</p>
          )}
          {typing !== undefined && <Typing name={typing || titleOf(store, frame)} />}
        </div>
      </div>
      {below > 0 && (
        <button type="button" class="below" onClick={followDown}><Icon path={downIcon} size={16} />{plural('newMessages', below)}</button>
      )}
    </div>
  );
}
