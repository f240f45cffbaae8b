// Who works here, and in which inboxes: read at the beginning, and again when it is shown or changed.
import { computed, signal } from '@preact/signals';
import type { Api } from '../shared/api';
import type { Agent, CannedReply, Channel, Inbox } from './model';

export class Team {
  readonly agents = signal<readonly Agent[]>([]);
  readonly inboxes = signal<readonly Inbox[]>([]);
  readonly canned = signal<readonly CannedReply[]>([]);
  readonly byConversation = computed(() => new Map(this.agents.value.map((agent) => [agent.conversation_id, agent])));
  private readonly inboxById = computed(() => new Map(this.inboxes.value.map((inbox) => [inbox._id, inbox])));

  constructor(private readonly api: Api) {}

  async load(): Promise<void> {
    await Promise.all([this.loadAgents(), this.loadInboxes(), this.loadCanned()]);
  }
  async loadAgents(): Promise<void> {
    this.agents.value = (await this.api.get<{ data: Agent[] }>('/agent')).data;
  }
  async loadInboxes(): Promise<void> {
    this.inboxes.value = (await this.api.get<{ data: Inbox[] }>('/inbox')).data;
  }
  async loadCanned(): Promise<void> {
    this.canned.value = (await this.api.get<{ data: CannedReply[] }>('/canned')).data;
  }

  name(conversationId: string): string | undefined {
    return this.byConversation.value.get(conversationId)?.name;
  }
  channel(inboxId: string): Channel {
    return this.inboxById.value.get(inboxId)?.channel ?? 'widget';
  }
  inbox(inboxId: string): Inbox | undefined {
    return this.inboxById.value.get(inboxId);
  }
  // Who can be given a room of the inbox.
  assignable(inboxId: string): Agent[] {
    const members = this.inbox(inboxId)?.members;
    const here = this.agents.value.filter((agent) => !agent.deactivated);
    if (!members) return here;
    const of = new Set(members.map((member) => member.conversation_id));
    return here.filter((agent) => of.has(agent.conversation_id) || agent.role === 'admin');
  }
}
