// What a message carries: pictures that open in the viewer, voice that plays, files to save.
import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { Attachment } from '../shared/types';
import { Icon } from './icons';
import { t } from './i18n';
import { sizeOf } from './parts';
import { VoicePlayer } from './voice';

export const viewed = signal<{ files: readonly Attachment[]; at: number } | null>(null);

const isPicture = (file: Attachment) => /^image\/(png|jpe?g|gif|webp|avif|bmp|heic)/.test(file.type);
const isVoice = (file: Attachment) => file.type.startsWith('audio/');

export function Attachments({ files }: { files: readonly Attachment[] }) {
  const pictures = files.filter(isPicture);
  return (
    <div class="attachments">
      {files.map((file, index) => {
        if (isPicture(file)) return <Picture key={index} file={file} onOpen={() => { viewed.value = { files: pictures, at: pictures.indexOf(file) }; }} />;
        if (isVoice(file)) return <VoicePlayer key={index} file={file} />;
        return <FileCard key={index} file={file} />;
      })}
    </div>
  );
}

// Room is kept for a picture of known size, so that nothing jumps when it comes.
function Picture({ file, onOpen }: { file: Attachment; onOpen: () => void }) {
  const [broken, setBroken] = useState(false);
  if (broken) return <FileCard file={file} />;
  const { width = 4, height = 3 } = file;
  const ratio = Math.min(2.4, Math.max(0.6, width / height));
  return (
    <button type="button" class="picture" aria-label={t('openImage', { name: file.name ?? t('image') })} onClick={onOpen} style={{ aspectRatio: `${ratio}` }}>
      <img src={file.thumbnail_url ?? file.url} alt={file.name ?? ''} loading="lazy" onError={() => setBroken(true)} />
    </button>
  );
}

function FileCard({ file }: { file: Attachment }) {
  const kind = (/\.(\w{1,5})$/.exec(file.name ?? '')?.[1] ?? file.type.split('/')[1] ?? '').toUpperCase();
  return (
    <a class="file-card" href={file.url} target="_blank" rel="noopener noreferrer" download={file.name ?? true}>
      <span class="file-icon"><Icon name="file" size={18} /></span>
      <span class="file-words">
        <bdi dir="ltr">{file.name || t('file')}</bdi>
        <small><bdi dir="ltr">{[kind, sizeOf(file.size)].filter(Boolean).join(' · ')}</bdi></small>
      </span>
      <Icon name="download" size={18} />
    </a>
  );
}
