/** What every route of the office lets a caller name, and whether it may be another's: reviewed by hand. */
import { z } from 'zod';
import type { Route } from '../../src/platform/http/index.ts';

/**
 * `tried`: it can name what belongs to somebody else, so another's is tried. `text`: it names nothing that
 * is kept. `common`: it names what belongs to nobody in particular; the reason stands in {@link common}.
 */
export type Given = 'tried' | 'text' | keyof typeof common;

/** Why a name may be anybody's. */
export const common = {
  'sign-in': 'who it is has to be proved beside it, and every wrong one is told the same',
  installation:
    'those who look after accounts, units and the audit do so for the whole installation',
  bulletin:
    'one bulletin tells all departments; whose figures are answered for follows from the caller',
  subject: 'subjects belong to no unit; what is shown of one follows from purpose and reach',
  law: 'law is everybody’s; who may change it is a matter of positions, not of units',
  directory: 'items and templates of the directory are public',
  place: 'a position in a list that is cut to the caller before it is read',
} as const;

/** Every text a route takes, by its path in the input. A number is never an id here. */
export const given: Readonly<Record<string, Readonly<Record<string, Given>>>> = {
  'POST /session': { account: 'sign-in', password: 'text' },
  'GET /session/door': { refused: 'text' },
  'GET /session/oidc': {},
  'POST /session/code': { code: 'text' },
  'GET /session': {},
  'GET /session/devices': {},
  'DELETE /session/{id}': { id: 'tried' },
  'POST /password': { old: 'text', password: 'text' },
  'POST /second-factor': {},
  'POST /second-factor/code': { code: 'text' },
  'GET /accounts': {},
  'POST /accounts/{account}/changes': {
    ...{ account: 'installation', reason: 'text', 'wanted.name': 'text' },
    ...{ 'wanted.unit': 'installation', 'wanted.positions[]': 'installation' },
    ...{ 'wanted.oidc.issuer': 'installation', 'wanted.oidc.subject': 'installation' },
    ...{ 'wanted.client.publicKey': 'installation', 'wanted.client.validUntil': 'text' },
  },
  'POST /accounts/changes/{change}': { change: 'installation', reason: 'text' },
  'POST /accounts/{account}/disable': { account: 'installation', reason: 'text' },
  'POST /accounts/{account}/reset': { account: 'installation', reason: 'text' },
  'GET /purposes': {},
  'GET /roles': {},
  'POST /readings': { subject: 'subject', purpose: 'law', matter: 'text' },
  'POST /subjects/{id}/deferrals': {
    ...{ id: 'subject', purpose: 'law', matter: 'text', provision: 'law' },
    ...{ toldFrom: 'text', reason: 'text' },
  },
  'GET /subjects/{id}/journal': { id: 'subject', after: 'place' },
  'GET /unusual-readings': {},
  'GET /notices': { after: 'place' },
  'GET /notices/{id}': { id: 'tried' },
  'POST /notices/{id}/acknowledge': { id: 'tried' },
  'GET /link-reviews': { after: 'tried' },
  'GET /link-reviews/{id}': { id: 'tried' },
  'GET /link-reviews/{id}/subjects': { id: 'tried', q: 'subject' },
  'POST /link-reviews/{id}/proposals': { id: 'tried', subject: 'subject', reason: 'text' },
  'POST /link-reviews/{id}/decisions': { id: 'tried', reason: 'text' },
  'POST /records/{id}/link-undo': { id: 'tried', reason: 'text' },
  'GET /sources': { after: 'tried' },
  'GET /sources/{unit}': { unit: 'tried' },
  'GET /sources/{unit}/batches': { unit: 'tried', after: 'tried' },
  'GET /quality/{period}': { period: 'text', unit: 'tried' },
  'GET /quality/{period}/rows': {
    ...{ period: 'text', unit: 'tried', item: 'directory', figure: 'text', after: 'tried' },
  },
  'GET /quality/{period}/alerts': { period: 'text' },
  'GET /bulletins': {},
  'GET /bulletins/{period}': { period: 'tried' },
  'POST /bulletins/{period}/steps': { period: 'tried', reason: 'text' },
  'POST /bulletins/{period}/decisions': { period: 'tried', unit: 'tried', reason: 'text' },
  'GET /rulebook/editions': { kind: 'text', after: 'law' },
  'GET /rulebook/edition': { key: 'law' },
  'GET /rulebook/proposals': {},
  'GET /rulebook/proposals/{id}': { id: 'law' },
  'GET /rulebook/proposals/{id}/rehearsal': { id: 'law' },
  'POST /rulebook/proposals': { edition: 'law', text: 'text', reason: 'text' },
  'POST /rulebook/proposals/{id}/decisions': { id: 'law', reason: 'text' },
  'POST /rulebook/proposals/{id}/withdrawal': { id: 'law', reason: 'text' },
  'GET /waiting-releases': { after: 'tried' },
  'GET /collection/due': { unit: 'tried' },
  'POST /collection/files': {
    ...{ item: 'directory', unit: 'tried', period: 'text', profile: 'directory' },
  },
  'GET /collection/batches': { unit: 'tried', after: 'tried' },
  'GET /collection/batches/{id}': { id: 'tried' },
  'GET /collection/batches/{id}/rows': { id: 'tried' },
  'GET /collection/batches/{id}/error-workbook': { id: 'tried' },
  'POST /collection/batches/{id}/corrections': { id: 'tried', 'rows[].fields.*': 'text' },
  'GET /collection/batches/{id}/lineage': { id: 'tried' },
  'POST /collection/declared-counts': { item: 'directory', period: 'text', ground: 'text' },
  'GET /collection/scorecard': { unit: 'tried', period: 'text' },
  'POST /collection/batches/{id}/proposal': { id: 'tried', reason: 'text' },
  'POST /collection/batches/{id}/release': { id: 'tried', reason: 'text' },
  'POST /bulletin-responses/{id}': { id: 'bulletin', reason: 'text' },
  'GET /queue': { kind: 'text', after: 'place' },
  'GET /queue/{kind}/{id}': { kind: 'text', id: 'tried' },
  'GET /dashboard': {},
  'GET /dashboard/deliveries': { period: 'text', after: 'place' },
  'GET /dashboard/held-rows': { after: 'place' },
  'GET /security-events': {
    ...{ from: 'text', to: 'text', kind: 'text', account: 'installation', after: 'place' },
  },
  'GET /acts': {
    ...{ from: 'text', to: 'text', kind: 'text', account: 'installation', after: 'place' },
    ...{ unit: 'installation', object: 'installation' },
  },
  'GET /acts/{id}': { id: 'installation' },
  'GET /quotas': {},
  'GET /units': { after: 'place' },
  'GET /health': {},
};

type Node = {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Node>>;
  readonly type?: string;
  readonly enum?: unknown;
  readonly const?: unknown;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly items?: Node;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | boolean;
};

/** The input of a route as JSON Schema. */
export const inputOf = ({ input }: Route): Node =>
  z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Node;

const resolved = (node: Node, root: Node): Node =>
  node.$ref === undefined ? node : (root.$defs?.[node.$ref.split('/').at(-1)!] ?? {});

/** Paths of an input at which any text may stand. */
export function textsOf(root: Node): string[] {
  const walk = (raw: Node, at: string): string[] => {
    const node = resolved(raw, root);
    if (node.enum !== undefined || node.const !== undefined) return [];
    const choices = node.anyOf ?? node.oneOf;
    if (choices !== undefined) return choices.flatMap((one) => walk(one, at));
    if (node.type === 'object') {
      const own = Object.entries(node.properties ?? {});
      const more = typeof node.additionalProperties === 'object' ? node.additionalProperties : null;
      return [
        ...own.flatMap(([name, one]) => walk(one, at === '' ? name : `${at}.${name}`)),
        ...(more === null ? [] : walk(more, `${at}.*`)),
      ];
    }
    if (node.type === 'array') return walk(node.items ?? {}, `${at}[]`);
    return node.type === 'string' || node.type === undefined ? [at] : [];
  };
  return [...new Set(walk(root, ''))];
}

/** Paths of objects in an input that take fields they do not name. */
export function openObjectsOf(root: Node): string[] {
  const walk = (raw: Node, at: string): string[] => {
    const node = resolved(raw, root);
    const inner = [
      ...(node.anyOf ?? node.oneOf ?? []).flatMap((one) => walk(one, at)),
      ...(node.items === undefined ? [] : walk(node.items, `${at}[]`)),
      ...Object.entries(node.properties ?? {}).flatMap(([name, one]) => walk(one, `${at}.${name}`)),
    ];
    const isOpen = node.type === 'object' && node.additionalProperties !== false;
    return isOpen ? [at, ...inner] : inner;
  };
  return walk(root, '');
}
