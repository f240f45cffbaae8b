// Files on their way. State changes are plain functions over values.
import { language } from './i18n';

export interface Upload {
  id: string; // also the message's client id
  file: File;
  preview: string | null; // an object URL, of a picture
  sent: number; // bytes
  seconds: number | null; // of a voice message
  state: 'sending' | 'waiting' | 'failed';
  cancel: AbortController;
}

export function changed(list: readonly Upload[], id: string, change: Partial<Upload>): Upload[] {
  return list.map((upload) => (upload.id === id ? { ...upload, ...change } : upload));
}

export function without(list: readonly Upload[], id: string): Upload[] {
  return list.filter((upload) => upload.id !== id);
}

export type Complaint = 'tooLarge' | 'emptyFile';

export function complaintAbout(size: number, limit: number): Complaint | null {
  if (size === 0) return 'emptyFile';
  return size > limit ? 'tooLarge' : null;
}

// "212 KB", "4.2 MB", "31 MB": what is above the limit never reads as the limit.
export function fileSize(bytes: number, up = false): string {
  const [value, unit] = bytes < 1_048_576 ? [bytes / 1024, 'KB'] : [bytes / 1_048_576, 'MB'];
  const digits = value < 10 && unit === 'MB' ? 1 : 0;
  const factor = 10 ** digits;
  const rounded = (up ? Math.ceil(value * factor) : Math.max(1 / factor, Math.round(value * factor))) / factor;
  return ltr(`${new Intl.NumberFormat(`${language.value}-u-nu-latn`).format(rounded)} ${unit}`);
}

// Isolated, so that it stays in one piece within a right-to-left sentence.
function ltr(text: string): string {
  return `\u2066${text}\u2069`;
}

// "2.7 of 4.2 MB · 64%" is for the eye only; the number is what is told.
export function percent(upload: Upload): number {
  return upload.file.size === 0 ? 0 : Math.min(99, Math.floor((upload.sent / upload.file.size) * 100));
}
