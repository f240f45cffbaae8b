// What a sanitizer in the server means for its tests: everything takes several times longer, its memory says nothing, and
// what it reports is a failure.
import assert from 'node:assert/strict';

const sanitizer = process.env.PARLOR_SANITIZER;
const slowness = sanitizer ? { asan: 3, tsan: 10 }[sanitizer] : 1;

// What the server may take, in milliseconds, of which it needs so many without.
export const within = (ms) => ms * slowness;

// A sanitizer keeps what is freed for a while, and notes of all that is touched.
export function assertGrewLess(before, most, megabytes) {
  if (sanitizer) return;
  assert.ok(most - before < megabytes, `${before.toFixed(1)} MiB before, ${most.toFixed(1)} MiB at most`);
}

// A report need not end the server, nor be seen by who asks it something: `log` is its standard error.
export function assertNoReport(log) {
  const at = log.search(/(ERROR|WARNING): \w+Sanitizer|runtime error:/);
  assert.ok(at < 0, `the server's sanitizer reports:\n${log.slice(at)}`);
}
