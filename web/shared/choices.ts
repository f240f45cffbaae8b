// A bot's message ends with its numbered choices, for clients that show text only.
import type { QuickReply } from './types';

// The text before the list, when it ends with the list of just these choices; else the whole text.
export function untilChoices(text: string, choices: readonly QuickReply[]): string {
  const list = choices.map((choice, at) => `\n${at + 1}. ${choice.text}`).join('');
  return list !== '' && text.endsWith(list) ? text.slice(0, -list.length).trimEnd() : text;
}

// Which of them an answer takes: by its text, its id or its number.
export function choiceTaken(choices: readonly QuickReply[], answer: string): QuickReply | undefined {
  const said = answer.trim().toLowerCase();
  return choices.find(({ id, text }, at) => [text.trim().toLowerCase(), id.toLowerCase(), `${at + 1}`].includes(said));
}
