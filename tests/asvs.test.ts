/** `docs/asvs.md`: every number of the standard once and in order, and nothing named that is not there. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const read = (path: string) => readFileSync(resolve(root, path), 'utf8');
const text = read('docs/asvs.md');
const ids = JSON.parse(read('tests/asvs-ids.json')) as readonly string[];
const rows = text
  .split('\n')
  .filter((line) => /^\| V\d/.test(line))
  .map((line) => {
    const [id, asks, state, how, tests, ...more] = line.slice(2, -2).split(' | ');
    return { id: id!, asks: asks!, state: state!, how: how!, tests: tests!, more };
  });
const states = ['met', 'partly', 'not met', 'not applicable'] as const;

describe('the page on ASVS', () => {
  it('has every requirement of levels 1 and 2 once, in order, with one of four states', () => {
    expect(ids).toHaveLength(253);
    expect(rows.map(({ id }) => id)).toEqual(ids);
    for (const { id, asks, state, how, more } of rows) {
      expect([id, states.includes(state as 'met'), more]).toEqual([id, true, []]);
      expect([id, asks.length > 2, how.length > 2]).toEqual([id, true, true]);
    }
  });

  it('names files that exist and sentences that stand in them', () => {
    for (const { id, how, tests } of rows) {
      const files = [...how.matchAll(/`([\w.-]+(?:\/[\w.-]+)+|[\w-]+\.(?:json|js))`/g)].map(
        (one) => one[1]!,
      );
      for (const file of files)
        expect([id, file, existsSync(resolve(root, file))]).toEqual([id, file, true]);
      if (tests === '–') continue;
      for (const one of tests.split(/; (?=`)/)) {
        const [, file, sentence] = /^`([^`]+)` "([^"]+)"$/.exec(one) ?? [];
        expect([id, one, file !== undefined]).toEqual([id, one, true]);
        expect([id, sentence, read(file!).includes(`'${sentence!}'`)]).toEqual([
          id,
          sentence,
          true,
        ]);
      }
    }
  });

  it('calls nothing met without a test or a place in the repository', () => {
    const bare = rows.filter(
      ({ state, how, tests }) => state === 'met' && tests === '–' && !/`[\w.-]+\/[^`]+`/.test(how),
    );
    expect(bare.map(({ id }) => id)).toEqual([]);
  });

  it('counts what it has', () => {
    const told = Object.fromEntries(
      [...text.matchAll(/^\| (met|partly|not met|not applicable|all) \| (\d+) \|$/gm)].map(
        ([, state, count]) => [state!, Number(count)],
      ),
    );
    const counted = states.map((state) => [
      state,
      rows.filter((row) => row.state === state).length,
    ]);
    expect(told).toEqual({ ...Object.fromEntries(counted), all: rows.length });
  });
});
