// The list of rooms: what is asked for, which rows are drawn, and what live events do to them.
// Pure functions over values.
import type { Query } from '../shared/api';
import type { NewMessageEvent, Priority, RoomStatus } from '../shared/types';
import type { Order, RoomRow, View } from './model';

export const rowHeight = 75; // 74 and the gap
export const pageSize = 50;

export interface Filters {
  status: RoomStatus | '';
  priority: Priority | '';
  inbox: string;
  tag: string;
}

export interface Question {
  view: View;
  filters: Filters;
  order: Order;
  search: string;
}

export const noFilters: Filters = { status: 'open', priority: '', inbox: '', tag: '' };
export const firstQuestion: Question = { view: 'all', filters: noFilters, order: 'waiting', search: '' };

// These views say themselves which status they mean, or mean any.
export function statusOf({ view, filters }: Pick<Question, 'view' | 'filters'>): RoomStatus | '' {
  return view === 'bot' || view === 'favorite' || view === 'snoozed' ? '' : filters.status;
}

export function toQuery(question: Question, page: number, limit: number): Query {
  const { view, filters, order, search } = question;
  return {
    page, limit, sort: order,
    search: search.trim() || undefined,
    'filter[view]': view,
    'filter[status]': statusOf(question) || undefined,
    'filter[priority]': filters.priority || undefined,
    'filter[inbox_id]': filters.inbox || undefined,
    'filter[tag]': filters.tag.trim() || undefined,
  };
}

export function activeFilters(filters: Filters): number {
  return [filters.status !== 'open', filters.priority, filters.inbox, filters.tag.trim()].filter(Boolean).length;
}

export interface Range {
  from: number;
  to: number; // exclusive
}

// The rows that a window onto the list shows, and some beside them.
export function visibleRange(scrollTop: number, height: number, total: number, overscan = 8): Range {
  const first = Math.floor(Math.max(0, scrollTop) / rowHeight);
  const shown = Math.ceil(height / rowHeight) + 1;
  const from = Math.max(0, Math.min(first - overscan, total));
  return { from, to: Math.max(from, Math.min(total, first + shown + overscan)) };
}

export type Pages = ReadonlyMap<number, readonly RoomRow[]>; // by number, from 0

export function pagesOf({ from, to }: Range): number[] {
  if (to <= from) return [];
  const first = Math.floor(from / pageSize);
  return Array.from({ length: Math.floor((to - 1) / pageSize) - first + 1 }, (_, index) => first + index);
}

export function rowAt(pages: Pages, index: number): RoomRow | undefined {
  return pages.get(Math.floor(index / pageSize))?.[index % pageSize];
}

export function indexOf(pages: Pages, roomId: string): number {
  for (const [page, rows] of pages) {
    const at = rows.findIndex((row) => row._id === roomId);
    if (at >= 0) return page * pageSize + at;
  }
  return -1;
}

export function findRow(pages: Pages, roomId: string): RoomRow | undefined {
  const index = indexOf(pages, roomId);
  return index < 0 ? undefined : rowAt(pages, index);
}

// Keeps those nearest to what is shown.
export function nearestPages(pages: Pages, shown: Range, most: number): Pages {
  if (pages.size <= most) return pages;
  const middle = (shown.from + shown.to) / 2 / pageSize;
  const nearest = [...pages].sort(([a], [b]) => Math.abs(a - middle) - Math.abs(b - middle));
  return new Map(nearest.slice(0, most));
}

export function changeRow(pages: Pages, roomId: string, change: (row: RoomRow) => RoomRow): Pages {
  const index = indexOf(pages, roomId);
  if (index < 0) return pages;
  const page = Math.floor(index / pageSize);
  const rows = [...(pages.get(page) ?? [])];
  const before = rows[index % pageSize];
  if (!before) return pages;
  const after = change(before);
  if (after === before) return pages;
  rows[index % pageSize] = after;
  return new Map(pages).set(page, rows);
}

// A customer's message counts as unread unless it is being looked at, and begins a wait; an answer of a
// person ends one. What the row already knows changes nothing.
export function afterMessage(row: RoomRow, event: NewMessageEvent, seen: boolean): RoomRow {
  const { message, type } = event;
  if (row.last_message && message.created_at <= row.last_message.created_at) return row;
  const customer = type === 'support';
  const next: RoomRow = {
    ...row,
    last_message: {
      content: message.content, created_at: message.created_at, type: message.type ?? 'text',
      sender_type: customer ? 'customer' : 'agent',
      ...(message.conversation_id ? { conversation_id: message.conversation_id } : {}),
    },
    unread_count: seen ? 0 : row.unread_count + (customer ? 1 : 0),
  };
  if (customer) return { ...next, waiting_since: row.waiting_since ?? message.created_at };
  if (message.type === 'note' || message.integration_app) return next;
  const { waiting_since: _, ...answered } = next;
  return answered;
}

export function afterReading(row: RoomRow): RoomRow {
  return row.unread_count === 0 ? row : { ...row, unread_count: 0 };
}

// While somebody points at the list, rows that they see keep their order: what is new is put in after the
// row that it follows, what is gone leaves, unless the pointer is on it.
export function holdOrder(
  shown: readonly RoomRow[], fresh: readonly RoomRow[], pointedAt: string | null,
): RoomRow[] {
  const freshById = new Map(fresh.map((row) => [row._id, row]));
  const known = new Set(shown.map((row) => row._id));
  const result = shown
    .filter((row) => freshById.has(row._id) || row._id === pointedAt)
    .map((row) => freshById.get(row._id) ?? row);
  for (const [at, row] of fresh.entries()) {
    if (known.has(row._id)) continue;
    const before = at === 0 ? -1 : result.findIndex((other) => other._id === fresh[at - 1]?._id);
    result.splice(before + 1, 0, row);
  }
  return result;
}

export function waitingMinutes(row: Pick<RoomRow, 'waiting_since' | 'status'>, now: number): number | null {
  if (!row.waiting_since || row.status !== 'open') return null;
  return Math.max(0, Math.floor((now - Date.parse(row.waiting_since)) / 60_000));
}

export type Urgency = 'calm' | 'warn' | 'bad';
export function urgencyOf(minutes: number): Urgency {
  return minutes >= 20 ? 'bad' : minutes >= 10 ? 'warn' : 'calm';
}

// How many rows at the head of the list wait, as far as they are loaded; `more`: those beyond may too.
export function waitingCount(pages: Pages, total: number): { count: number; more: boolean } {
  let count = 0;
  while (count < total) {
    const row = rowAt(pages, count);
    if (!row) return { count, more: count > 0 };
    if (waitingMinutes(row, 0) === null) return { count, more: false };
    count += 1;
  }
  return { count, more: false };
}
