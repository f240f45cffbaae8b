// Files on their way to the server, by the room and mode they were added in. At most 15 a message.
import { signal } from '@preact/signals';
import type { Attachment } from '../shared/types';

export interface Upload {
  key: number;
  name: string;
  size: number;
  progress: number; // 0 to 1
  attachment?: Attachment;
  problem?: 'large' | 'failed' | 'empty';
}

export const mostFiles = 15;
export const defaultLimit = 25 * 1024 * 1024;
const timeoutMs = 120_000;

export class Uploads {
  readonly byDraft = signal<ReadonlyMap<string, readonly Upload[]>>(new Map());
  private readonly requests = new Map<number, XMLHttpRequest>();
  private lastKey = 0;

  constructor(
    private readonly url: string,
    private readonly headers: () => Record<string, string>,
    private readonly limit: () => number,
  ) {}

  of(draft: string): readonly Upload[] {
    return this.byDraft.value.get(draft) ?? [];
  }

  add(draft: string, files: Iterable<File>): void {
    for (const file of files) {
      if (this.of(draft).length >= mostFiles) return;
      const upload: Upload = { key: (this.lastKey += 1), name: file.name || 'file', size: file.size, progress: 0 };
      if (file.size > this.limit()) upload.problem = 'large';
      else if (file.size === 0) upload.problem = 'empty';
      this.set(draft, [...this.of(draft), upload]);
      if (!upload.problem) this.send(draft, upload.key, file);
    }
  }

  remove(draft: string, key: number): void {
    this.requests.get(key)?.abort();
    this.requests.delete(key);
    this.set(draft, this.of(draft).filter((upload) => upload.key !== key));
  }

  // The finished ones, which leave the list; what failed stays to be seen.
  take(draft: string): Attachment[] {
    const done = this.of(draft).flatMap((upload) => (upload.attachment ? [upload.attachment] : []));
    this.set(draft, this.of(draft).filter((upload) => upload.problem !== undefined));
    return done;
  }

  // Whether leaving the page would lose a file: one on its way, or one that waits to be sent.
  hasUnsent(): boolean {
    return [...this.byDraft.value.values()].some((list) => list.some((upload) => !upload.problem));
  }

  isBusy(draft: string): boolean {
    return this.of(draft).some((upload) => !upload.attachment && !upload.problem);
  }

  private send(draft: string, key: number, file: File): void {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.set('file', file, file.name || 'file');
    request.open('POST', this.url);
    request.timeout = timeoutMs;
    for (const [name, value] of Object.entries(this.headers())) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) this.change(draft, key, { progress: Math.min(0.99, event.loaded / event.total) });
    };
    request.onload = () => {
      const attachment = request.status === 200 ? parse(request.responseText) : undefined;
      const problem = request.status === 413 ? 'large' as const : 'failed' as const;
      this.change(draft, key, attachment ? { attachment, progress: 1 } : { problem });
      this.requests.delete(key);
    };
    request.onerror = request.ontimeout = () => {
      this.change(draft, key, { problem: 'failed' });
      this.requests.delete(key);
    };
    this.requests.set(key, request);
    request.send(form);
  }

  private change(draft: string, key: number, change: Partial<Upload>): void {
    this.set(draft, this.of(draft).map((upload) => (upload.key === key ? { ...upload, ...change } : upload)));
  }

  private set(draft: string, list: readonly Upload[]): void {
    const next = new Map(this.byDraft.value);
    if (list.length === 0) next.delete(draft);
    else next.set(draft, list);
    this.byDraft.value = next;
  }
}

function parse(text: string): Attachment | undefined {
  try {
    return (JSON.parse(text) as { attachment?: Attachment }).attachment;
  } catch {
    return undefined;
  }
}
