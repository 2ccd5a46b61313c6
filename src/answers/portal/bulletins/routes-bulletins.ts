/** Addresses of published bulletins. */
import type { Reply } from '../../../platform/http/index.ts';
import { bulletinPage, bulletinsPage } from '../pages/bulletins.tsx';
import { type PageAnswer, type PageRequest, pageReply, tell } from '../routes-page.ts';
import { bulletinList, bulletinOf } from './service-bulletins.ts';

async function list(request: PageRequest): Promise<Reply> {
  const bulletins = await bulletinList(request.context);
  return pageReply(request, bulletinsPage(request.r, bulletins), { path: '/bulletins' });
}

async function one(request: PageRequest): Promise<Reply> {
  const found = await bulletinOf(request.context, request.c.req.param('period') ?? '');
  if (!found.ok) return tell(request, found.refusal);
  const path = `/bulletins/${found.value.period}`;
  return pageReply(request, bulletinPage(request.r, found.value), { path });
}

/** Patterns with what answers them. */
export const bulletinAnswers: readonly (readonly [string, PageAnswer])[] = [
  ['/bulletins', list],
  ['/bulletins/:period', one],
];
