// A voice message: play, where it stands, how long it is. Its shape is drawn when the sound can be read; a line
// until then.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Attachment } from '../shared/types';
import { Icon } from './icons';
import { pauseIcon, playIcon } from './later_icons';
import { t } from './i18n';

const bars = 28;
const longestBytes = 5 * 1024 * 1024;

export function Voice({ file }: { file: Attachment }) {
  const sound = useRef<HTMLAudioElement>(null);
  const [peaks, setPeaks] = useState<readonly number[]>(() => Array<number>(bars).fill(0.12));
  const [length, setLength] = useState(0);
  const [at, setAt] = useState(0);
  const [playing, setPlaying] = useState(false);

  useEffect(() => {
    let wanted = true;
    if ((file.size ?? 0) > longestBytes) return undefined;
    readShape(file.url).then((shape) => {
      if (!wanted) return;
      setPeaks(shape.peaks);
      setLength(shape.seconds);
    }, () => undefined);
    return () => void (wanted = false);
  }, [file.url.split('?')[0]]);

  const toggle = () => void (playing ? sound.current?.pause() : sound.current?.play());
  // A recording's own length is often missing, and then said to be infinite.
  const known = (seconds: number) => Number.isFinite(seconds) && seconds > 0;
  return (
    <div class="voice" role="group" aria-label={t('voice')}>
      <button type="button" class="play" aria-label={t(playing ? 'pause' : 'play')} onClick={toggle}><Icon path={playing ? pauseIcon : playIcon} size={18} /></button>
      <svg class="wave" viewBox={`0 0 ${bars * 4} 24`} aria-hidden="true">
        {peaks.map((peak, index) => (
          <path key={index} class={length > 0 && index / bars < at / length ? 'past' : ''} d={`M${index * 4 + 1.5} ${12 - peak * 11}v${peak * 22}`} />
        ))}
      </svg>
      <time>{minutes(at > 0 ? at : length)}</time>
      <audio
        ref={sound} src={file.url} preload="metadata" onPlay={() => setPlaying(true)} onPause={() => setPlaying(false)}
        onEnded={() => setAt(0)} onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onDurationChange={(event) => known(event.currentTarget.duration) && setLength(event.currentTarget.duration)}
      />
    </div>
  );
}

export function minutes(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

async function readShape(url: string): Promise<{ peaks: number[]; seconds: number }> {
  const response = await fetch(url);
  const decoder = new OfflineAudioContext(1, 1, 22_050);
  const decoded = await decoder.decodeAudioData(await response.arrayBuffer());
  const samples = decoded.getChannelData(0);
  const step = Math.max(1, Math.floor(samples.length / bars));
  const peaks = Array.from({ length: bars }, (_, bar) => {
    let peak = 0;
    for (let index = bar * step; index < (bar + 1) * step; index += 16) peak = Math.max(peak, Math.abs(samples[index] ?? 0));
    return peak;
  });
  const loudest = Math.max(0.01, ...peaks);
  return { peaks: peaks.map((peak) => Math.max(0.12, peak / loudest)), seconds: decoded.duration };
}
