import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it, test } from 'vitest';
import { BadXml, XmlScanner, resolveEntities } from './xml-scanner.ts';

type Event = readonly [what: string, name: string, ...rest: readonly string[]];

/** What the scanner reports of a text in pieces; the last event tells of an error. */
function scan(pieces: readonly string[], textMax = 1_000): Event[] {
  const events: Event[] = [];
  const scanner = new XmlScanner(
    {
      open: (name, attributes) => events.push(['open', name, ...attributes]),
      close: (name) => events.push(['close', name]),
      text: (text, cut) => events.push(['text', text, String(cut)]),
    },
    textMax,
  );
  try {
    for (const piece of pieces) {
      scanner.write(piece);
      scanner.run();
    }
    scanner.end();
  } catch (error) {
    if (!(error instanceof BadXml)) throw error;
    events.push(['error', String(error.forbidden)]);
  }
  return events;
}

/** The same from a parser that checks everything; null when it finds the text is no XML. */
function saxes(text: string): Event[] | null {
  const parser = new SaxesParser();
  const events: Event[] = [];
  let gathered = '';
  const flush = (): void => {
    if (gathered !== '') events.push(['text', gathered, 'false']);
    gathered = '';
  };
  const local = (name: string): string => name.slice(name.indexOf(':') + 1);
  parser.on('opentag', (tag) => {
    flush();
    events.push(['open', local(tag.name), ...Object.entries(tag.attributes).flat().map(String)]);
  });
  parser.on('closetag', (tag) => {
    flush();
    events.push(['close', local(tag.name)]);
  });
  let depth = 0;
  parser.on('opentagstart', () => (depth += 1));
  parser.on('text', (piece) => (gathered += depth > 0 && !parser.closed ? piece : ''));
  parser.on('cdata', (piece) => (gathered += piece));
  try {
    parser.write(text).close();
    return events.filter(([what, content]) => what !== 'text' || content !== '');
  } catch {
    return null;
  }
}

function cut(text: string, places: readonly number[]): string[] {
  const sorted = [0, ...places.map((place) => place % (text.length + 1)).sort((a, b) => a - b)];
  return sorted.map((from, index) => text.slice(from, sorted[index + 1] ?? text.length));
}

const word = fc.constantFrom('a', 'row', 'x:c', 'r', 't1');
const chars = fc
  .string({
    unit: fc.constantFrom(
      '甲',
      'b',
      ' ',
      '\n',
      '\r',
      '&amp;',
      '&#x4e00;',
      '&#13;',
      '&lt;',
      '"',
      "'",
      '𠮷',
      ']',
      '>',
    ),
    maxLength: 8,
  })
  .map((text) => text.replaceAll(']]>', ']'));
const attribute = fc
  .tuple(
    fc.constantFrom('r', 's', 'x:id', 't'),
    chars,
    fc.constantFrom('"', "'"),
    fc.constantFrom('', ' ', '\n'),
  )
  .map(([name, value, quote, space]) => {
    const clean = value.replaceAll(/[\r\n"']/g, ' ');
    return ` ${name}${space}=${space}${quote}${clean}${quote}`;
  });
const leaf = fc.oneof(
  chars,
  fc.constant('<!-- <x> -- &x; -->'.replace('-- &', '- &')),
  fc.constantFrom('<![CDATA[<a>&b;]]>', '<![CDATA[a\r\nb\r]]>', '<![CDATA[]]]]>'),
  fc.constant('<?do it?>'),
);
const { element } = fc.letrec<{ element: string; node: string }>((tie) => ({
  node: fc.oneof({ depthSize: 'small' }, leaf, tie('element')),
  element: fc
    .tuple(
      word,
      fc.uniqueArray(attribute, { maxLength: 3, selector: (text) => text.trim()[0] }),
      fc.array(tie('node'), { maxLength: 4 }),
      fc.boolean(),
    )
    .map(([name, attributes, nodes, short]) =>
      short && nodes.length === 0
        ? `<${name}${attributes.join('')}/>`
        : `<${name}${attributes.join('')}>${nodes.join('')}</${name} >`,
    ),
}));
const prolog = fc.constantFrom('', '<?xml version="1.0"?>', '<!-- hi -->\n', '\n');
const documentText = fc.tuple(prolog, element).map(([before, root]) => before + root);

describe('well-formed XML', () => {
  test('gives the same as a parser that checks everything', () => {
    let compared = 0;
    fc.assert(
      fc.property(documentText, (text) => {
        const expected = saxes(text);
        if (expected === null) return;
        compared += 1;
        expect(scan([text])).toEqual(expected);
      }),
      { numRuns: 2_000 },
    );
    expect(compared).toBeGreaterThan(1_500);
  });

  test('gives the same however it is cut', () => {
    fc.assert(
      fc.property(documentText, fc.array(fc.nat(500), { maxLength: 12 }), (text, places) => {
        expect(scan(cut(text, places))).toEqual(scan([text]));
        expect(scan([...text])).toEqual(scan([text]));
      }),
      { numRuns: 1_000 },
    );
  });
});

test('any characters end in events or an error, the same however they are cut, and never in a fault', () => {
  const pieces = fc.array(
    fc.constantFrom(
      '<',
      '>',
      '/',
      '</',
      '<a',
      '<a>',
      '</a>',
      '=',
      '"',
      "'",
      '&',
      ';',
      '&amp;',
      '<!',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
      ' ',
      'a',
      '<!DOCTYPE',
      '\r',
      '\n',
    ),
    { maxLength: 25 },
  );
  fc.assert(
    fc.property(pieces, fc.array(fc.nat(200), { maxLength: 8 }), (parts, places) => {
      const text = parts.join('');
      expect(scan(cut(text, places))).toEqual(scan([text]));
    }),
    { numRuns: 3_000 },
  );
});

describe('what is refused', () => {
  test.each([
    ['<a>', 'false'],
    ['<a></b>', 'false'],
    ['<a/><b/>', 'false'],
    ['<a>&nbsp;</a>', 'false'],
    ['<a b=c/>', 'false'],
    ['<a b="<"/>', 'false'],
    ['x<a/>', 'false'],
    ['', 'false'],
    ['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'true'],
    ['<!ELEMENT a>', 'false'],
    ['<a>'.repeat(300), 'false'],
  ])('%s', (text, forbidden) => {
    expect(scan([text]).at(-1)).toEqual(['error', forbidden]);
  });

  it('does not wait for ever for the end of a tag', () => {
    const scanner = new XmlScanner({ open: () => {}, close: () => {}, text: () => {} }, 10);
    expect(() => {
      for (let index = 0; index < 40; index += 1) {
        scanner.write(index === 0 ? '<a b="' : 'x'.repeat(65_536));
        scanner.run();
      }
    }).toThrow(BadXml);
  });
});

describe('long texts', () => {
  test('are cut at the limit wherever the pieces end, and the tag behind them is found', () => {
    const long = `<a>${'x&amp;'.repeat(5_000)}</a>`;
    const whole = scan([long], 10);
    expect(whole).toEqual([
      ['open', 'a'],
      ['text', 'x&x', 'true'],
      ['close', 'a'],
    ]);
    fc.assert(
      fc.property(fc.array(fc.nat(30_000), { maxLength: 10 }), (places) => {
        expect(scan(cut(long, places), 10)).toEqual(whole);
      }),
    );
  });

  test('just within the limit are whole', () => {
    expect(scan([`<a>${'x'.repeat(10)}</a>`], 10)[1]).toEqual(['text', 'x'.repeat(10), 'false']);
    expect(scan([`<a>${'x'.repeat(11)}</a>`], 10)[1]).toEqual(['text', 'x'.repeat(10), 'true']);
  });
});

test('a reference to half a pair is replaced, one to a control character let through', () => {
  expect(resolveEntities('&#xD800;&#0;&#65;&quot;')).toBe('\ufffd\0A"');
});
