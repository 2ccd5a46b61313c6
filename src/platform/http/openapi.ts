/** OpenAPI 3.1 from routes: schemas are what Zod writes of itself, shared ones once under components. */
import { z } from 'zod';
import { type Route, pathNames } from './contract.ts';
import { statusOf } from './problems.ts';

/** What the document says about itself. */
export type OpenApiInfo = {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  /** Address the paths begin with. */
  readonly prefix: string;
};

type Json = Record<string, unknown>;

const problemSchema: Json = {
  type: 'object',
  description: 'RFC 9457',
  required: ['type', 'title', 'titleEn', 'status', 'instance', 'code', 'params'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string', description: '中文' },
    titleEn: { type: 'string' },
    status: { type: 'integer' },
    instance: { type: 'string' },
    code: { type: 'string' },
    params: { type: 'object' },
    basis: { type: 'string' },
  },
};

/**
 * Takes `$defs` out of a schema into `components`, and points at them there; a schema that has a name
 * itself goes there too.
 */
function lift(schema: Json, components: Map<string, Json>): Json {
  const { $defs, ...rest } = schema;
  delete rest['$schema'];
  const point = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(point);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) =>
        key === '$ref' && typeof inner === 'string'
          ? [key, inner.replace('#/$defs/', '#/components/schemas/')]
          : [key, point(inner)],
      ),
    );
  };
  for (const [name, definition] of Object.entries(($defs ?? {}) as Record<string, Json>)) {
    const bare = { ...definition };
    delete bare['id'];
    components.set(name, point(bare) as Json);
  }
  const { id, ...own } = rest;
  if (typeof id !== 'string') return point(rest) as Json;
  components.set(id, point(own) as Json);
  return { $ref: `#/components/schemas/${id}` };
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output', components: Map<string, Json>): Json {
  return lift(z.toJSONSchema(schema, { io }) as Json, components);
}

const hasQuery = ({ method, body }: Route) => method === 'GET' || body === 'bytes';
const binary: Json = { type: 'string', format: 'binary' };

function requestBodyOf(route: Route, input: Json): Json {
  if (route.method === 'GET') return {};
  const content: Json =
    route.body === 'bytes'
      ? { 'application/octet-stream': { schema: binary } }
      : { 'application/json': { schema: input } };
  return { requestBody: { content } };
}

function contentOf(route: Route, components: Map<string, Json>): Json {
  if (route.answer === 'file') return { 'application/octet-stream': { schema: binary } };
  return { 'application/json': { schema: schemaOf(route.output, 'output', components) } };
}

function parametersOf(route: Route, input: Json): Json[] {
  const names = pathNames(route.path);
  const properties = (input['properties'] ?? {}) as Record<string, Json>;
  const required = (input['required'] ?? []) as string[];
  return Object.entries(properties)
    .filter(([name]) => names.includes(name) || hasQuery(route))
    .map(([name, schema]) => ({
      name,
      in: names.includes(name) ? 'path' : 'query',
      required: names.includes(name) || required.includes(name),
      ...(schema['description'] === undefined ? {} : { description: schema['description'] }),
      schema,
    }));
}

/** Refusals every route may meet before it is asked. */
const ofTheEdge = [
  'http.bad-request',
  'http.method-not-allowed',
  'http.address-too-long',
  'http.rate-limited',
  'http.fault',
];

function operationOf(route: Route, components: Map<string, Json>): Json {
  const input = schemaOf(route.input, 'input', components);
  const problem = { $ref: '#/components/schemas/Problem' };
  const byStatus = new Map<number, string[]>();
  for (const code of [...ofTheEdge, ...route.refusals]) {
    byStatus.set(statusOf(code), [...(byStatus.get(statusOf(code)) ?? []), code]);
  }
  const refusals = [...byStatus].map(([status, codes]) => [
    String(status),
    {
      description: codes.join('、'),
      content: { 'application/problem+json': { schema: problem } },
    },
  ]);
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replaceAll(/[^a-zA-Z]+(.)?/g, (_, next: string | undefined) => (next ?? '').toUpperCase())}`,
    summary: route.summary,
    description: route.summaryEn,
    parameters: parametersOf(route, input),
    ...requestBodyOf(route, input),
    responses: {
      '200': { description: 'OK', content: contentOf(route, components) },
      ...Object.fromEntries(refusals),
    },
    ...(route.needs === null ? {} : { 'x-permission': route.needs }),
  };
}

/** The document of one audience. */
export function openApiOf(routes: readonly Route[], info: OpenApiInfo): Json {
  const components = new Map<string, Json>([['Problem', problemSchema]]);
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = (paths[route.path] ??= {});
    path[route.method.toLowerCase()] = operationOf(route, components);
  }
  return {
    openapi: '3.1.0',
    info: { title: info.title, version: info.version, description: info.description },
    servers: [{ url: info.prefix }],
    paths,
    components: { schemas: Object.fromEntries(components) },
  };
}
