// Debian's Chromium, driven by playwright-core.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { within } from './sanitizer.js';

const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  .find((path) => path && existsSync(path));

// A microphone that beeps, and nobody to ask for it.
export const fakeMicrophone = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

export function launchBrowser(moreArgs = []) {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync', ...moreArgs,
    ],
  });
}

// A context of its own: nothing is shared with other people's pages. Errors of the page are collected.
export async function openPage(browser, { width = 1280, height = 860, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, ...options });
  context.setDefaultTimeout(within(15_000));
  const page = await context.newPage();
  page.problems = [];
  page.on('pageerror', (error) => page.problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    // While the server is down, requests fail: that is what the page is there to bear.
    if (/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_SOCKET_NOT_CONNECTED|WebSocket connection/.test(message.text())) return;
    page.problems.push(message.text());
  });
  return page;
}

export async function signIn(page, server, email, password, lang = 'en') {
  await page.goto(`${server.url}/console?lang=${lang}`);
  await page.fill('#email', email);
  await page.fill('#password', password);
  await page.click('.sign-in button[type=submit]');
  await page.waitForSelector('.list');
}

// The demo shop with its chat open. Selectors reach into the widget's shadow root; document.querySelector does not.
export async function openShop(page, server, lang = 'en') {
  await page.goto(`${server.url}/demo?lang=${lang}`);
  await page.click('.launcher');
  await page.waitForSelector('.panel textarea');
}

// The console's search field stands behind its button.
export async function search(page, words) {
  if (!(await page.isVisible('.search input'))) await page.click('.search-open');
  await page.fill('.search input', words);
}

// Chooses in the menu of who has the conversation.
export async function assign(page, choice) {
  await page.click('.assign-button');
  await page.locator('.popover .menu-item', { hasText: choice }).click();
}

export async function write(page, text) {
  await page.fill('textarea', text);
  await page.press('textarea', 'Enter');
}

export const bubbles = (page) => page.$$eval('.group:not(.unsent):not(.typing) .bubble', (all) =>
  all.map((bubble) => bubble.lastChild.textContent === bubble.textContent ? bubble.textContent : [...bubble.childNodes]
    .filter((node) => !(node.classList?.contains('hidden'))).map((node) => node.textContent).join('')));

// Until as many elements as asked for match, in the shadow root too.
export async function waitForCount(page, selector, enough, { timeout = within(15_000) } = {}) {
  const until = Date.now() + timeout;
  for (let count = -1; ; ) {
    count = await page.locator(selector).count();
    if (enough(count)) return;
    if (Date.now() > until) throw new Error(`${count} of ${selector} after ${timeout} ms`);
    await page.waitForTimeout(50);
  }
}

export async function waitForBubble(page, text) {
  await page.locator('.group:not(.unsent) .bubble', { hasText: text }).first().waitFor();
}

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

// axe-core finds nothing to complain about.
export async function assertAccessible(page, where) {
  await page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== 'running' || animation.effect.getTiming().iterations === Infinity));
  await page.evaluate(await readFile(axe, 'utf8'));
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
  const told = found.violations.map((violation) =>
    `${violation.id}: ${violation.help}\n${violation.nodes.map((node) => `  ${node.target} ${node.failureSummary}`).join('\n')}`);
  assert.deepEqual(told, [], where);
}
