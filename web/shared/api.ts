// HTTP calls to the server. Every failure becomes an ApiError that says whether trying again can help.

const base = '/api/conversation-v2/support';
const timeoutMs = 15_000;

export class ApiError extends Error {
  constructor(
    readonly status: number, // 0: no answer
    message: string,
    readonly retryAfterMs: number,
  ) {
    super(message);
  }
  get isTemporary(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

export type Query = Record<string, string | number | undefined>;

export class Api {
  // `origin` is the server's, when the page is another's.
  constructor(
    private readonly headers: () => Record<string, string>,
    private readonly origin = '',
  ) {}

  get<T>(path: string, query: Query = {}): Promise<T> {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) search.set(name, String(value));
    }
    const text = search.toString();
    const suffix = text ? `?${text}` : '';
    return this.call<T>('GET', addressOf(path) + suffix);
  }

  send<T>(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T> {
    return this.call<T>(method, addressOf(path), body);
  }

  // One file as multipart/form-data. It has no time limit of its own: `signal` ends it.
  upload<T>(path: string, form: FormData, onProgress: (sent: number) => void, signal: AbortSignal): Promise<T> {
    return new Promise<T>((accept, refuse) => {
      const request = new XMLHttpRequest();
      const noAnswer = () => refuse(new ApiError(0, 'No answer from the server', 0));
      request.open('POST', this.origin + addressOf(path));
      for (const [name, value] of Object.entries(this.headers())) request.setRequestHeader(name, value);
      request.responseType = 'json';
      request.upload.onprogress = (event) => onProgress(event.loaded);
      request.onerror = noAnswer;
      request.onabort = noAnswer;
      request.onload = () => {
        if (request.status >= 200 && request.status < 300 && request.response) accept(request.response as T);
        else refuse(refusal(request.status, request.getResponseHeader('Retry-After'), request.response, request.statusText));
      };
      signal.addEventListener('abort', () => request.abort());
      if (signal.aborted) noAnswer();
      else request.send(form);
    });
  }

  private async call<T>(method: string, url: string, body?: unknown): Promise<T> {
    const headers: Record<string, string> = { Accept: 'application/json', ...this.headers() };
    const request: RequestInit = { method, headers, signal: AbortSignal.timeout(timeoutMs) };
    if (body !== undefined) {
      headers['Content-Type'] = 'application/json';
      request.body = JSON.stringify(body);
    }
    let response: Response;
    let answer: unknown;
    try {
      response = await fetch(this.origin + url, request);
      answer = await response.json();
    } catch {
      throw new ApiError(0, 'No answer from the server', 0);
    }
    if (!response.ok) throw refusal(response.status, response.headers.get('Retry-After'), answer, response.statusText);
    return answer as T;
  }
}

function addressOf(path: string): string {
  return path.startsWith('/api/') ? path : base + path;
}

function refusal(status: number, retryAfter: string | null, body: unknown, statusText: string): ApiError {
  const seconds = Number(retryAfter ?? 0);
  const said = (body as { message?: unknown } | null)?.message;
  const message = typeof said === 'string' ? said : statusText;
  return new ApiError(status, message, Number.isFinite(seconds) ? seconds * 1000 : 0);
}

export async function fetchJson<T>(url: string): Promise<T | null> {
  try {
    const response = await fetch(url, { headers: { Accept: 'application/json' } });
    return response.ok ? ((await response.json()) as T) : null;
  } catch {
    return null;
  }
}
