import { describe, expect, it } from 'vitest';
import { fillRefusal, httpRefusals, problemReply, statusOf } from './problems.ts';

describe('the status of a refusal', () => {
  it.each([
    ['http.bad-request', 400],
    ['door.not-permitted', 403],
    ['http.not-from-here', 403],
    ['http.not-found', 404],
    ['portal.no-such-subject', 404],
    ['portal.record-not-shown', 404],
    ['http.method-not-allowed', 405],
    ['portal.several-subjects', 409],
    ['subjects.several', 409],
    ['rulebook.already-confirmed', 409],
    ['workflow.wrong-state', 409],
    ['http.body-too-large', 413],
    ['http.address-too-long', 414],
    ['http.not-json', 415],
    ['portal.query-personal', 422],
    ['http.rate-limited', 429],
    ['http.fault', 500],
    ['http.not-ready', 503],
  ])('%s is %i', (code, status) => {
    expect(statusOf(code)).toBe(status);
  });
});

describe('the words of a refusal', () => {
  it('name reason and remedy in both languages', () => {
    for (const [code, { zh, en }] of Object.entries(httpRefusals)) {
      expect(zh, code).toMatch(/请|应写作/);
      expect(en, code).toMatch(/[.;] .*\.$/);
    }
  });

  it('are filled with what they need, and what is missing stays visible', () => {
    const words = { zh: '最多{most}个', en: '{most} at most, {other}' };
    expect(fillRefusal(words, { most: 3 })).toEqual({ zh: '最多3个', en: '3 at most, {other}' });
  });

  it('go out as problem details with the rule they rest on', () => {
    const reply = problemReply(
      { code: 'portal.no-such-subject', params: {}, basis: 'terms/x@2026' },
      { zh: '没有', en: 'None' },
      { trace: 'abc', reference: '/problems' },
    );
    expect(reply).toMatchObject({ status: 404, cache: 'none' });
    expect(JSON.parse(reply.body as string)).toEqual({
      type: '/problems#portal.no-such-subject',
      title: '没有',
      titleEn: 'None',
      status: 404,
      instance: 'urn:uuid:abc',
      code: 'portal.no-such-subject',
      params: {},
      basis: 'terms/x@2026',
    });
  });
});
