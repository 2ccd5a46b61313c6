/** Routes of the public API, version 1: what may be asked, and which view answers. */
import { z } from 'zod';
import { defineRoute } from '../../platform/http/contract.ts';
import { bulletinRoute, bulletinsRoute } from './bulletins/contract.ts';
import { columnRoute } from './columns/contract.ts';
import { lawRoutes } from './law/contract.ts';
import {
  explainedRecordView,
  problemsView,
  scopeView,
  searchView,
  sectionKeyView,
  sectionPageView,
  sourcesView,
  subjectView,
} from './views/contract.ts';

export * from './views/contract.ts';

const code = z
  .string()
  .min(1)
  .max(64)
  .describe(
    '统一社会信用代码、组织机构代码或注册号 / unified code, organisation code or registration number',
  );

/** The routes of the public API, version 1. */
export const searchRoute = defineRoute({
  method: 'GET',
  path: '/search',
  audience: 'public',
  needs: null,
  summary: '按代码、名称、曾用名、简称或者拼音首字母查找组织',
  summaryEn: 'Find organisations by code, name, former name, part of a name or pinyin initials',
  input: z.object({
    q: z.string().max(2_000).describe('代码或者名称 / code or name'),
    page: z.coerce.number().int().min(1).max(5).default(1),
  }),
  output: searchView,
  refusals: [
    'portal.query-empty',
    'portal.query-one-character',
    'portal.query-too-long',
    'portal.query-personal',
  ],
});

export const subjectRoute = defineRoute({
  method: 'GET',
  path: '/subjects/{code}',
  audience: 'public',
  needs: null,
  summary: '一个主体今天公示的信用信息',
  summaryEn: 'What is shown of a subject today: the newest records of every section',
  input: z.object({ code }),
  output: subjectView,
  refusals: ['portal.no-such-subject', 'portal.several-subjects', 'portal.query-personal'],
});

export const subjectByIdRoute = defineRoute({
  method: 'GET',
  path: '/subjects/id/{id}',
  audience: 'public',
  needs: null,
  summary: '没有代码的主体，按平台编号查询',
  summaryEn: 'The same by id, for subjects without a code',
  input: z.object({ id: z.string().max(64) }),
  output: subjectView,
  refusals: ['portal.no-such-subject'],
});

const sectionInput = {
  section: sectionKeyView,
  page: z.coerce.number().int().min(1).max(10_000).default(1),
};

export const sectionRoute = defineRoute({
  method: 'GET',
  path: '/subjects/{code}/records',
  audience: 'public',
  needs: null,
  summary: '一个主体某一部分的公示记录，按页',
  summaryEn: 'Shown records of one section of a subject, page by page, the newest first',
  input: z.object({ code, ...sectionInput }),
  output: sectionPageView,
  refusals: ['portal.no-such-subject', 'portal.several-subjects', 'portal.query-personal'],
});

export const sectionByIdRoute = defineRoute({
  method: 'GET',
  path: '/subjects/id/{id}/records',
  audience: 'public',
  needs: null,
  summary: '同上，按平台编号查询',
  summaryEn: 'The same by id',
  input: z.object({ id: z.string().max(64), ...sectionInput }),
  output: sectionPageView,
  refusals: ['portal.no-such-subject'],
});

export const recordRoute = defineRoute({
  method: 'GET',
  path: '/records/{id}',
  audience: 'public',
  needs: null,
  summary: '一条公示中的记录，为什么公示、到哪一天',
  summaryEn: 'One record that is shown today, why, and until when',
  input: z.object({ id: z.string().max(64) }),
  output: explainedRecordView,
  refusals: ['portal.record-not-shown'],
});

export const sourcesRoute = defineRoute({
  method: 'GET',
  path: '/sources',
  audience: 'public',
  needs: null,
  summary: '各数据来源最近一次报送和是否按期',
  summaryEn: 'When each source last delivered, and whether it is late',
  input: z.object({}),
  output: sourcesView,
  refusals: [],
});

export const scopeRoute = defineRoute({
  method: 'GET',
  path: '/scope',
  audience: 'public',
  needs: null,
  summary: '本平台服务的地方，以及一律不做的事项',
  summaryEn: 'Which place this platform serves, and what it never does',
  input: z.object({}),
  output: scopeView,
  refusals: [],
});

export const problemsRoute = defineRoute({
  method: 'GET',
  path: '/problems',
  audience: 'public',
  needs: null,
  summary: '接口可能返回的每一种拒绝及其含义',
  summaryEn: 'Every refusal this API may answer with, in words',
  input: z.object({}),
  output: problemsView,
  refusals: [],
});

/** Every route of the public API, in the order of its document. */
export const publicRoutes = [
  searchRoute,
  subjectRoute,
  subjectByIdRoute,
  sectionRoute,
  sectionByIdRoute,
  recordRoute,
  columnRoute,
  bulletinsRoute,
  bulletinRoute,
  ...lawRoutes,
  sourcesRoute,
  scopeRoute,
  problemsRoute,
];

/** Where the public API begins. */
export const publicPrefix = '/api/public/v1';

/** Most records of one section on the page of a subject; the rest is on pages of its own. */
export const recordsMax = 20;
