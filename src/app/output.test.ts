/** What a terminal is given of what others wrote. */
import { describe, expect, it, vi } from 'vitest';
import { say, shownLine, tell } from './output.ts';

describe('a line for a terminal', () => {
  it('steers nothing, whatever stands in a name or a reason', () => {
    const named = 'clerk\u001b]0;x\u0007\u001b[2K\r甲\u202e乙\u0000\u009b31m';
    expect(shownLine(named)).toBe(
      'clerk\\u001b]0;x\\u0007\\u001b[2K\\u000d甲\\u202e乙\\u0000\\u009b31m',
    );
    expect(shownLine('两行\n\t照旧')).toBe('两行\n\t照旧');
  });

  it('goes that way to both outputs', () => {
    const given: string[] = [];
    const keep = (text: unknown) => given.push(String(text)) > 0;
    const out = vi.spyOn(process.stdout, 'write').mockImplementation(keep as never);
    const err = vi.spyOn(process.stderr, 'write').mockImplementation(keep as never);
    say('a\u001b[0m');
    tell('b\u001b[0m');
    out.mockRestore();
    err.mockRestore();
    expect(given).toEqual(['a\\u001b[0m\n', 'b\\u001b[0m\n']);
  });
});
