// A bot's message ends with its numbered choices, for clients that show text only.
import type { QuickReply } from '../shared/types';

// The text before the list, when it ends with the list of just these choices; else the whole text.
export function untilChoices(text: string, choices: readonly QuickReply[]): string {
  const list = choices.map((choice, at) => `\n${at + 1}. ${choice.text}`).join('');
  return list !== '' && text.endsWith(list) ? text.slice(0, -list.length).trimEnd() : text;
}
