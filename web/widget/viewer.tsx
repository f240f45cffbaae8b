// A picture as large as the window. A modal dialog of the browser: Esc closes it and gives the focus back.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Attachment } from '../shared/types';
import { Icon } from './icons';
import { downIcon } from './later_icons';
import { t } from './i18n';

export function Viewer({ pictures, from, onClose }: { pictures: readonly Attachment[]; from: number; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [at, setAt] = useState(from);
  const picture = pictures[at];
  useEffect(() => dialog.current?.showModal(), []);
  const go = (step: number) => setAt((known) => Math.min(pictures.length - 1, Math.max(0, known + step)));
  const pressed = (event: KeyboardEvent) => {
    event.stopPropagation();
    const forward = getComputedStyle(event.currentTarget as Element).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') go(event.key === forward ? 1 : -1);
  };
  if (!picture) return null;
  return (
    <dialog class="viewer" ref={dialog} aria-label={picture.name ?? t('image')} onClose={onClose} onKeyDown={pressed}
      onClick={(event) => event.target === event.currentTarget && dialog.current?.close()}
    >
      <div class="viewer-bar">
        <bdi>{picture.name ?? t('image')}</bdi>
        {pictures.length > 1 && (
          <>
            <button type="button" class="round" aria-label={t('previous')} disabled={at === 0} onClick={() => go(-1)}><Icon name="back" size={20} mirror /></button>
            <button type="button" class="round flip" aria-label={t('next')} disabled={at === pictures.length - 1} onClick={() => go(1)}><Icon name="back" size={20} mirror /></button>
          </>
        )}
        <a class="round" href={picture.url} download={picture.name} target="_blank" rel="noopener noreferrer" aria-label={t('download')}><Icon path={downIcon} size={20} /></a>
        <button type="button" class="round" aria-label={t('close')} onClick={() => dialog.current?.close()}><Icon name="close" size={20} /></button>
      </div>
      <img src={picture.url} alt={picture.name ?? ''} />
    </dialog>
  );
}
