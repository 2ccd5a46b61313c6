/**
 * A browser for journeys: the one the packages bring, with a Chinese font, closed to the world outside
 * this machine. A journey that finds no browser fails and says what to install; it never skips.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { userInfo } from 'node:os';
import { dirname, resolve } from 'node:path';
import { type Browser, type Page, chromium } from 'playwright-core';
import { type BrowserFiles, NoBrowser, browserFiles } from './browser-files.ts';

/** A page's size in CSS pixels, and whether scripts run in it (default: yes). */
export type PageOptions = {
  readonly width: number;
  readonly height: number;
  readonly javaScript?: boolean;
};

/** A running browser. Every page has its own cookies and storage. */
export type TestBrowser = {
  readonly executable: string;
  readonly newPage: (options: PageOptions) => Promise<Page>;
  readonly close: () => Promise<void>;
};

/** One broken rule of accessibility and where it is broken (CSS selectors). */
export type Violation = {
  readonly id: string;
  readonly impact: string;
  readonly help: string;
  readonly nodes: readonly string[];
};

const root = resolve(import.meta.dirname, '..');

// Flags of the package that would make the browser under test behave unlike a user's: they lift the
// same-origin policy, mixed-content blocking, site isolation or process borders. The features it turns
// off are among them, and Playwright's own list would be lost beside a second one.
const weakening = [
  /^--disable-web-security$/,
  /^--allow-running-insecure-content$/,
  /^--disable-site-isolation-trials$/,
  /^--disable-setuid-sandbox$/,
  /^--no-sandbox$/,
  /^--no-zygote$/,
  /^--single-process$/,
  /^--in-process-gpu$/,
  /^--(en|dis)able-features=/,
  /^--headless/,
];

const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** Flags the browser is started with. */
export function flagsOf(files: BrowserFiles): string[] {
  const kept = files.args.filter((flag) => !weakening.some((pattern) => pattern.test(flag)));
  return [...new Set([...kept, ...quiet])];
}

/**
 * Starts a browser. The sandbox is given up only as root, where Chromium cannot have one, or when
 * XINHENG_CHROMIUM_SANDBOX=off says that this machine forbids it. Throws {@link NoBrowser}.
 */
export async function openBrowser(): Promise<TestBrowser> {
  const files = await browserFiles();
  const sandbox = process.getuid?.() !== 0 && process.env['XINHENG_CHROMIUM_SANDBOX'] !== 'off';
  let browser: Browser;
  try {
    browser = await chromium.launch({
      executablePath: files.executable,
      args: flagsOf(files),
      chromiumSandbox: sandbox,
      env: { HOME: homeFolder(), LANG: 'C.UTF-8', ...files.env },
      timeout: 60_000,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const hint =
      /sandbox/i.test(reason) && sandbox
        ? '\nThis machine forbids the sandbox; XINHENG_CHROMIUM_SANDBOX=off does without it.'
        : '';
    throw new NoBrowser(reason + hint);
  }
  return {
    executable: files.executable,
    newPage: (options) => newPage(browser, options),
    close: () => browser.close(),
  };
}

/** The user's home; system users have none, and Chromium wants one it can write to. */
function homeFolder(): string {
  const { homedir, uid } = userInfo();
  const folder = resolve(root, '.tmp', `browser-home-${uid}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
  } catch {
    return homedir;
  }
}

/** Opens a page in a context of its own; requests to other machines are refused. */
export async function newPage(browser: Browser, options: PageOptions): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: options.width, height: options.height },
    javaScriptEnabled: options.javaScript ?? true,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
  });
  await context.route(
    (url) => !['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname) && url.host !== '',
    (route) => route.abort('blockedbyclient'),
  );
  const page = await context.newPage();
  if (options.javaScript === false) withoutScripts.add(page);
  page.once('close', () => void context.close().catch(() => undefined));
  return page;
}

/** A picture of the page (PNG). With a name it is also kept as `.tmp/screenshots/<name>.png`. */
export async function screenshot(page: Page, name?: string): Promise<Buffer> {
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide', fullPage: true });
  if (name !== undefined) {
    const file = resolve(root, '.tmp', 'screenshots', `${name}.png`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, picture);
  }
  return picture;
}

type AxeResult = {
  readonly id: string;
  readonly impact: string | null;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly unknown[] }[];
};

let axeSource: string | null = null;

const withoutScripts = new WeakSet<Page>();

// Timers do not run in a page without scripts. axe uses short ones to let others go first and long
// ones to give up: the former run at once, the latter never.
const timersOfOurOwn = `
  globalThis.setTimeout = (work, delay = 0) => {
    if (delay <= 100) void Promise.resolve().then(() => work());
    return 0;
  };
  globalThis.clearTimeout = () => undefined;
`;

/**
 * Checks the page with axe-core: WCAG 2.0 to 2.2, levels A and AA, unless other `tags` are asked for.
 * Gives what is broken; an empty list is a pass of what a machine can check. Works on pages whose
 * content security policy or settings forbid scripts.
 */
export async function axe(
  page: Page,
  tags: readonly string[] = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
): Promise<Violation[]> {
  axeSource ??= readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  // Evaluated by the debugger in a world of its own: the page's policy does not apply, and what the
  // page did to its own globals does not either.
  const session = await page.context().newCDPSession(page);
  try {
    const { frameTree } = await session.send('Page.getFrameTree');
    const { executionContextId } = await session.send('Page.createIsolatedWorld', {
      frameId: frameTree.frame.id,
      worldName: 'axe',
    });
    const options = JSON.stringify({
      runOnly: tags,
      resultTypes: ['violations'],
      iframes: false,
      preload: false,
    });
    const evaluate = (expression: string) =>
      session.send('Runtime.evaluate', {
        expression,
        contextId: executionContextId,
        awaitPromise: true,
        returnByValue: true,
      });
    await evaluate(`${withoutScripts.has(page) ? timersOfOurOwn : ''}${axeSource}; true`);
    const { result, exceptionDetails } = await evaluate(`axe.run(document, ${options})`);
    if (exceptionDetails !== undefined) {
      throw new Error(`axe: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
    }
    return (result.value as { violations: AxeResult[] }).violations.map((violation) => ({
      id: violation.id,
      impact: violation.impact ?? 'unknown',
      help: violation.help,
      nodes: violation.nodes.map((node) => node.target.join(' ')),
    }));
  } finally {
    await session.detach().catch(() => undefined);
  }
}
