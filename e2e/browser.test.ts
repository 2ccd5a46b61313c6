import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestBrowser, axe, flagsOf, openBrowser, screenshot } from './browser.ts';
import { NoBrowser, browserFiles } from './browser-files.ts';

const page = (body: string) => `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<title>信衡</title></head><body><main><h1>公共信用信息</h1>${body}</main></body></html>`;

const glyph = (text: string) => `<span id="${text}" style="font-size:48px">${text}</span>`;

const pages: Record<string, string> = {
  // U+E000 has no glyph in any font: what a machine without a Chinese font would show.
  '/glyphs': page(`<p>${glyph('信')}${glyph('衡')}${glyph('\uE000')}</p>`),
  '/click': page(
    `<button onclick="this.nextElementSibling.textContent = '已提交'">提交</button><p id="said">未提交</p>`,
  ),
  '/good': page('<p>本页没有问题。</p>'),
  '/bad': page('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="9" height="9">'),
  '/outside': page('<img alt="图" src="http://192.0.2.1/picture.png">'),
};

let server: Server;
let origin: string;
let browser: TestBrowser;

beforeAll(async () => {
  server = createServer((request, response) => {
    const body = pages[request.url ?? ''];
    const strict =
      request.url === '/bad' ? { 'content-security-policy': `default-src 'none'` } : {};
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'text/html', ...strict });
    response.end(body ?? '');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  server?.close();
});

const size = { width: 800, height: 600 };

describe('the browser for journeys', () => {
  test('draws Chinese characters as themselves, not as one empty box', async () => {
    const shown = await browser.newPage(size);
    await shown.goto(`${origin}/glyphs`);
    const pictures = new Map<string, string>();
    for (const text of ['信', '衡', '\uE000']) {
      const box = await shown.locator(`[id="${text}"]`).screenshot();
      pictures.set(text, box.toString('base64'));
    }
    expect(new Set(pictures.values()).size).toBe(3);
    expect((await screenshot(shown)).subarray(1, 4).toString()).toBe('PNG');
    await shown.close();
  });

  test('clicks, and runs what the page does about it', async () => {
    const shown = await browser.newPage(size);
    await shown.goto(`${origin}/click`);
    await shown.getByRole('button', { name: '提交' }).click();
    expect(await shown.locator('#said').textContent()).toBe('已提交');
    await shown.close();
  });

  test('runs no script of a page when asked not to', async () => {
    const shown = await browser.newPage({ ...size, javaScript: false });
    await shown.goto(`${origin}/click`);
    await shown.getByRole('button', { name: '提交' }).click();
    expect(await shown.locator('#said').textContent()).toBe('未提交');
    await shown.close();
  });

  test('finds an image without a text, though the page forbids scripts', async () => {
    for (const javaScript of [true, false]) {
      const shown = await browser.newPage({ ...size, javaScript });
      await shown.goto(`${origin}/bad`);
      expect(await axe(shown)).toMatchObject([
        { id: 'image-alt', impact: 'critical', nodes: ['img'] },
      ]);
      await shown.goto(`${origin}/good`);
      expect(await axe(shown)).toEqual([]);
      await shown.close();
    }
  });

  test('asks no other machine for anything', async () => {
    const shown = await browser.newPage(size);
    const refused: string[] = [];
    shown.on('requestfailed', (request) => refused.push(request.url()));
    await shown.goto(`${origin}/outside`);
    expect(refused).toEqual(['http://192.0.2.1/picture.png']);
    await shown.close();
  });

  test('keeps the same-origin policy, site isolation and processes apart', async () => {
    const files = await browserFiles();
    const flags = flagsOf(files).join(' ');
    expect(flags).not.toMatch(/web-security|insecure-content|isolat|single-process|no-sandbox/i);
    expect(flags).toContain('--disable-background-networking');
  });

  test('says what to install when there is none', async () => {
    const missing = browserFiles('/no/such/browser');
    await expect(missing).rejects.toThrow(NoBrowser);
    await expect(missing).rejects.toThrow(/apt-get install .*chromium/);
  });
});
