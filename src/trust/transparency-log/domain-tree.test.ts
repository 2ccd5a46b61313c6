/** The tree against the answers of others, against a second implementation, and against liars. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditPath, growthProof, treeRoot } from '../../../tests/log-checker.ts';
import { sharedJson } from '../../../tests/shared-data.ts';
import {
  type Edge,
  appendEntries,
  edgeRoot,
  emptyEdge,
  readTile,
  spanHash,
  tilePath,
  tileWidth,
} from './domain-tiles.ts';
import {
  type HashName,
  checkConsistency,
  checkInclusion,
  consistencySpans,
  inclusionSpans,
  treeHash,
} from './domain-tree.ts';

type Case = {
  kind: 'inclusion' | 'consistency';
  file: string;
  leafIdx?: number;
  treeSize?: number;
  leafHash?: string;
  root?: string;
  size1?: number;
  size2?: number;
  root1?: string;
  root2?: string;
  proof: string[] | null;
  wantErr: boolean;
};

const bytes = (text: string | null | undefined) => Buffer.from(text ?? '', 'base64');

describe('proofs of RFC 6962', () => {
  it('hold and fail as they do for others', ({ skip }) => {
    const cases = sharedJson<Case[]>('test-vectors/merkle/rfc6962-proofs.json');
    skip(cases === null, '../shared/data/test-vectors is absent');
    const tree = treeHash('sha256');
    for (const one of cases!) {
      const proof = (one.proof ?? []).map(bytes);
      const held =
        one.kind === 'consistency'
          ? checkConsistency(
              tree,
              { size: one.size1!, root: bytes(one.root1) },
              { size: one.size2!, root: bytes(one.root2) },
              proof,
            )
          : checkInclusion(
              tree,
              {
                leaf: bytes(one.leafHash),
                index: one.leafIdx!,
                size: one.treeSize!,
                root: bytes(one.root),
              },
              proof,
            );
      expect([one.file, held.ok]).toEqual([one.file, !one.wantErr]);
    }
    expect(cases!.length).toBe(96);
  });
});

const entry = (no: number) => Buffer.from(`entry ${no}`);
const entriesOf = (size: number) => Array.from({ length: size }, (_, no) => entry(no));
const names: readonly HashName[] = ['sha256', 'sm3'];

/** A log of so many entries, appended in pieces, with its files. */
function logOf(name: HashName, size: number, piece: number) {
  const tree = treeHash(name);
  const files = new Map<string, Buffer>();
  let edge: Edge = emptyEdge;
  const entries = entriesOf(size);
  for (let at = 0; at < size; at += piece) {
    const appended = appendEntries(tree, edge, entries.slice(at, at + piece));
    for (const file of appended.files) files.set(file.path, file.bytes);
    edge = appended.edge;
  }
  const read = (tile: Parameters<typeof tilePath>[0]) => {
    const found = readTile(files.get(tilePath(tile)) ?? Buffer.alloc(0), tile.width);
    if (!found.ok) throw new Error(tilePath(tile));
    return Promise.resolve(found.value);
  };
  return { tree, edge, entries, read };
}

describe('a log of tiles', () => {
  it('has the root, and gives the proofs, of the definition, however it was appended', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...names),
        fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 250, max: 1200 })),
        fc.integer({ min: 1, max: 600 }),
        fc.tuple(fc.nat(), fc.nat()),
        async (name, size, piece, [one, other]) => {
          const { tree, edge, entries, read } = logOf(name, size, piece);
          const root = treeRoot(name, entries);
          expect(edgeRoot(tree, edge)).toEqual(root);
          const index = one % size;
          const proof = await Promise.all(
            inclusionSpans(index, size).map((span) => spanHash(tree, read, size, span)),
          );
          expect(proof).toEqual(auditPath(name, index, entries));
          const leaf = tree.leaf(entry(index));
          expect(checkInclusion(tree, { leaf, index, size, root }, proof).ok).toBe(true);
          const older = other % (size + 1);
          const growth = await Promise.all(
            consistencySpans(older, size).map((span) => spanHash(tree, read, size, span)),
          );
          expect(growth).toEqual(growthProof(name, older, entries));
          const before = { size: older, root: treeRoot(name, entries.slice(0, older)) };
          expect(checkConsistency(tree, before, { size, root }, growth).ok).toBe(true);
        },
      ),
      { numRuns: 120 },
    );
  });

  it('is believed in nothing that was changed: no leaf, place, size, root or hash of a proof', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 300 }),
        fc.nat(),
        fc.nat(),
        fc.constantFrom('leaf', 'index', 'size', 'root', 'proof', 'cut', 'more'),
        async (size, one, bit, what) => {
          const { tree, entries, read } = logOf('sha256', size, size);
          const index = one % size;
          const proof = auditPath('sha256', index, entries).map((digest) => Buffer.from(digest));
          const claim = {
            leaf: tree.leaf(entry(index)),
            index,
            size,
            root: treeRoot('sha256', entries),
          };
          const flip = (digest: Buffer) => {
            digest[bit % 32]! ^= 1 << (bit % 8);
          };
          if (what === 'leaf') flip(claim.leaf);
          if (what === 'root') flip(claim.root);
          if (what === 'proof') flip(proof[bit % proof.length]!);
          if (what === 'cut') proof.pop();
          if (what === 'more') proof.push(Buffer.alloc(32));
          if (what === 'index') claim.index = (index + 1 + (bit % (size - 1))) % size;
          // Another size may have the same path for a leaf; what it has not is the same root.
          if (what === 'size') {
            claim.size = size + 1;
            claim.root = treeRoot('sha256', [...entries, entry(-1)]);
          }
          expect([what, checkInclusion(tree, claim, proof).ok]).toEqual([what, false]);
          await read({ level: 0, no: 0, width: Math.min(size, tileWidth) });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is no continuation of another beginning', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), fc.nat(), fc.nat(), (size, one, other) => {
        const tree = treeHash('sha256');
        const older = 1 + (one % (size - 1));
        const entries = entriesOf(size);
        const lied = entries.slice(0, older);
        lied[other % older] = Buffer.from('another');
        const before = { size: older, root: treeRoot('sha256', lied) };
        const after = { size, root: treeRoot('sha256', entries) };
        const proof = growthProof('sha256', older, entries);
        expect(checkConsistency(tree, before, after, proof).ok).toBe(false);
      }),
    );
  });

  it('lays out its files as C2SP tlog-tiles does', () => {
    expect(tilePath({ level: 0, no: 1_234_067, width: 256 })).toBe('tile/0/x001/x234/067');
    expect(tilePath({ level: 'entries', no: 0, width: 5 })).toBe('tile/entries/000.p/5');
    expect(tilePath({ level: 2, no: 1000, width: 1 })).toBe('tile/2/x001/000.p/1');
  });
});
