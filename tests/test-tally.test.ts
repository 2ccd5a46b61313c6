import { describe, expect, test } from 'vitest';
import { failuresOf, summaryLine, tallyOf } from '../scripts/test-tally.mjs';

const file = (status: string, ...states: string[]) => ({
  status,
  assertionResults: states.map((state) => ({ status: state })),
});
const report = (...testResults: unknown[]) => ({ testResults });

describe('counting a test run', () => {
  test('adds up what passed, failed and was skipped', () => {
    const one = report(
      file('passed', 'passed', 'passed', 'skipped'),
      file('failed', 'failed', 'todo', 'pending'),
    );
    expect(tallyOf(one, 1, false)).toEqual({ passed: 2, failed: 1, skipped: 3, trouble: null });
    expect(summaryLine(tallyOf(one, 1, false))).toBe('2 passed, 1 failed, 3 skipped');
  });

  test('a run without a report has failed, however it ended', () => {
    for (const ended of [0, 1, 'SIGKILL', null]) {
      expect(tallyOf(null, ended, false)).toMatchObject({ passed: 0, failed: 1 });
    }
    expect(tallyOf({}, 0, false).failed).toBe(1);
    expect(tallyOf(null, 'SIGKILL', true).failed).toBe(1);
  });

  test('a file that fails outside its tests counts as one failure', () => {
    expect(tallyOf(report(file('failed'), file('passed', 'passed')), 1, false)).toMatchObject({
      passed: 1,
      failed: 1,
    });
    // A hook after the tests: they passed, the file did not.
    expect(tallyOf(report(file('failed', 'passed')), 1, false)).toMatchObject({
      passed: 1,
      failed: 1,
    });
  });

  test('an exit code other than 0 is a failure although every test passed', () => {
    const tally = tallyOf(report(file('passed', 'passed')), 1, false);
    expect(tally).toMatchObject({ passed: 1, failed: 1 });
    expect(tally.trouble).toContain('although no test failed');
  });

  test('a run that found nothing has failed, unless the caller chose the files', () => {
    expect(tallyOf(report(), 0, false)).toMatchObject({ failed: 1, trouble: 'ran nothing' });
    expect(tallyOf(report(), 0, true)).toMatchObject({ failed: 0 });
    expect(tallyOf(null, 0, true)).toMatchObject({ failed: 0 });
  });

  test('a state nobody has heard of is not a pass', () => {
    expect(tallyOf(report(file('passed', 'passed', 'exploded')), 0, false).failed).toBe(1);
  });

  test('what failed is named with the beginning of its message', () => {
    const failed = { status: 'failed', fullName: '甲', failureMessages: ['seed: 7\n  at x'] };
    const told = failuresOf(
      report(
        { name: 'a.test.ts', status: 'failed', assertionResults: [failed, { status: 'passed' }] },
        { name: 'b.test.ts', status: 'failed', message: 'no such import', assertionResults: [] },
        file('passed', 'passed'),
      ),
    );
    expect(told).toEqual(['a.test.ts > 甲: seed: 7 at x', 'b.test.ts: no such import']);
    expect(failuresOf(null)).toEqual([]);
  });
});
