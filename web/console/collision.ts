// Two agents answer the same customer: who sends second is told first.
export interface Answer {
  name: string;
  at: number; // when it arrived here
}

const recentMs = 120_000;

// A colleague has answered since this draft was begun, and not long ago.
export function collides(answer: Answer | null, draftBegunAt: number, now: number): boolean {
  return answer !== null && answer.at >= draftBegunAt && now - answer.at < recentMs;
}

export function secondsAgo(answer: Answer, now: number): number {
  return Math.max(1, Math.round((now - answer.at) / 1000));
}
