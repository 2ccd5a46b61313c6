import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { brokenReferences, problemsOf } from '../../../tests/portal/json-schema.ts';
import { pathNames, statusOf } from '../../platform/http/index.ts';
import { publicOpenApi } from './api.ts';
import * as views from './contract.ts';
import { publicPrefix, publicRoutes } from './contract.ts';
import * as lawViews from './law/contract.ts';
import { portalRefusals, refusalsInWords } from './words-refusals.ts';
import { personsAppear, refusedMatters } from './words-scope.ts';

type Json = Record<string, unknown>;
const document = publicOpenApi() as {
  openapi: string;
  servers: { url: string }[];
  paths: Record<string, Record<string, Json>>;
  components: { schemas: Record<string, Json> };
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

describe('the OpenAPI document of the public', () => {
  it('is of version 3.1, begins where the API does, and survives being written down', () => {
    expect(document.openapi).toMatch(/^3\.1\.\d$/);
    expect(document.servers).toEqual([{ url: publicPrefix }]);
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });

  it('holds every route once, in words of both languages, and no other', () => {
    expect(operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`)).toEqual(
      publicRoutes.map(({ path, method }) => `${method} ${path}`),
    );
    for (const { path, operation } of operations) {
      expect(operation['summary'], path).toMatch(/\p{Script=Han}/u);
      expect(operation['description'], path).toMatch(/^[ -~]+$/);
    }
    const ids = operations.map(({ operation }) => operation['operationId']);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => /^[a-z][a-zA-Z]+$/.test(String(id)))).toBe(true);
  });

  it('names every parameter of a path, required, and no other in braces', () => {
    for (const { path, operation } of operations) {
      const parameters = operation['parameters'] as {
        name: string;
        in: string;
        required: boolean;
      }[];
      const inPath = parameters.filter((parameter) => parameter.in === 'path');
      expect(inPath.map(({ name }) => name)).toEqual(pathNames(path));
      expect(inPath.every(({ required }) => required)).toBe(true);
      expect(parameters.every((parameter) => ['path', 'query'].includes(parameter.in))).toBe(true);
    }
  });

  it('holds every named view, and every reference leads somewhere', () => {
    const named = Object.values({ ...views, ...lawViews }).flatMap((value) =>
      value instanceof z.ZodType ? (z.globalRegistry.get(value)?.id ?? []) : [],
    );
    expect(named.length).toBeGreaterThan(20);
    for (const name of named) expect(document.components.schemas, name).toHaveProperty(name);
    expect(brokenReferences(document)).toEqual([]);
    for (const name of Object.keys(document.components.schemas)) {
      expect(name).toMatch(/^[A-Za-z0-9._-]+$/);
    }
  });

  it('names every refusal of a route under its status', () => {
    for (const [index, { refusals }] of publicRoutes.entries()) {
      const responses = operations[index]!.operation['responses'] as Record<
        string,
        { description: string }
      >;
      for (const code of [...refusals, 'http.bad-request', 'http.rate-limited', 'http.fault']) {
        expect(responses[String(statusOf(code))]!.description).toContain(code);
      }
    }
  });

  it('says no to a view with a field that is not described', () => {
    const schema = { $ref: '#/components/schemas/Words' };
    expect(problemsOf(document, schema, { zh: '一', en: 'one' })).toEqual([]);
    expect(problemsOf(document, schema, { zh: '一', en: 'one', secret: 1 })).not.toEqual([]);
    expect(problemsOf(document, schema, { zh: '一' })).toEqual(['lacks en']);
  });
});

describe('refusals of the portal', () => {
  it('have words for every code a route may answer with, with reason and remedy', () => {
    for (const { path, refusals } of publicRoutes) {
      for (const code of refusals) expect(refusalsInWords, path).toHaveProperty([code]);
    }
    for (const [code, { zh, en }] of Object.entries(portalRefusals)) {
      expect(zh, code).toMatch(/。.*请.*。$/);
      expect(en, code).toMatch(/\. .*\.$/);
    }
  });
});

describe('what the platform never does', () => {
  it('is told in the same words as docs/scope.md, in the same order', () => {
    const text = readFileSync(resolve(import.meta.dirname, '../../../docs/scope.md'), 'utf8');
    const rows = text.split('\n').filter((line) => line.startsWith('| ') && !line.includes('---'));
    expect(rows.slice(1)).toHaveLength(refusedMatters.length);
    rows.slice(1).forEach((row, index) => {
      const [, what, why, instead] = row
        .split(' | ')
        .join('|')
        .split('|')
        .map((cell) => cell.trim());
      const matter = refusedMatters[index]!;
      expect(what).toBe(`${matter.what.en} ${matter.what.zh}`);
      expect(why).toBe(matter.why.en);
      expect(instead).toBe(matter.instead.en);
    });
    expect(personsAppear).toHaveLength(
      text.split('\n').filter((line) => line.startsWith('- ')).length,
    );
  });
});
