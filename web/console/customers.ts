// Who else writes on the customer's side of a room, such as the vendor of an order: asked for once each.
import { signal } from '@preact/signals';
import type { Api } from '../shared/api';
import type { ContactDetail } from './model';
import { nameOf } from './parts';

const mostKnown = 1000;

export class Customers {
  private readonly names = signal<ReadonlyMap<string, string>>(new Map());
  private readonly asked = new Set<string>();

  constructor(private readonly api: Api) {}

  // Undefined until it is known, and for a conversation that is nobody's any more.
  name(conversationId: string): string | undefined {
    if (!this.asked.has(conversationId)) {
      if (this.asked.size >= mostKnown) this.asked.clear();
      this.asked.add(conversationId);
      queueMicrotask(() => void this.ask(conversationId));
    }
    return this.names.value.get(conversationId);
  }

  private async ask(conversationId: string): Promise<void> {
    try {
      const { contact_id: id } = await this.api.get<{ contact_id: string }>(`/conversation/${conversationId}`);
      const { data } = await this.api.get<{ data: ContactDetail }>(`/contact/${id}`);
      this.names.value = new Map([...this.names.value].slice(1 - mostKnown)).set(conversationId, nameOf(data));
    } catch {
      // The room's own contact is named in their place.
    }
  }
}
