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
  constructor(private readonly headers: () => Record<string, string>) {}

  get<T>(path: string, query: Query = {}): Promise<T> {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) search.set(name, String(value));
    }
    const text = search.toString();
    const suffix = text ? `?${text}` : '';
    return this.call<T>('GET', base + path + suffix);
  }

  send<T>(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T> {
    return this.call<T>(method, path.startsWith('/api/') ? path : base + path, body);
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
      response = await fetch(url, request);
      answer = await response.json();
    } catch {
      throw new ApiError(0, 'No answer from the server', 0);
    }
    if (!response.ok) {
      const seconds = Number(response.headers.get('Retry-After') ?? 0);
      const said = (answer as { message?: unknown } | null)?.message;
      const message = typeof said === 'string' ? said : response.statusText;
      throw new ApiError(response.status, message, Number.isFinite(seconds) ? seconds * 1000 : 0);
    }
    return answer as T;
  }
}

export async function fetchJson<T>(url: string): Promise<T | null> {
  try {
    const response = await fetch(url, { headers: { Accept: 'application/json' } });
    return response.ok ? ((await response.json()) as T) : null;
  } catch {
    return null;
  }
}
