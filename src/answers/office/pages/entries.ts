/** The pages of the office: who sees them in the menu, and where their program is. */
import { type ComponentType, lazy } from 'react';
import type { Words } from '../../../ui/reader.ts';
import { queueNeeds } from '../queue/contract.ts';
import { LetterCount } from './letters/count.tsx';
import { QueueCount } from './queue/count.tsx';

/** One page, or a family of pages below one address. */
export type Entry = {
  /** Address below `/office`; `/links/:id?` takes both the list and one of it. */
  readonly path: string;
  readonly name: Words;
  /** What one does there, for the first page. */
  readonly does: Words;
  /** Permissions of which one opens it; `null`: everybody who is signed in. */
  readonly needs: readonly string[] | null;
  readonly page: ComponentType;
  /** Beside its name in the menu: how much waits there. */
  readonly count?: ComponentType;
};

const collectionEntries: readonly Entry[] = [
  {
    path: '/collection/due',
    name: { zh: '待报', en: 'What is due' },
    does: {
      zh: '查看本单位各事项的报送期限，申报当月数量。',
      en: 'See what your unit has to report and by when; declare counts.',
    },
    needs: ['collection:read'],
    page: lazy(() => import('./collection/due.tsx')),
  },
  {
    path: '/collection/upload/:item?',
    name: { zh: '上传', en: 'Upload' },
    does: {
      zh: '上传报送文件，看着它逐行处理完毕。',
      en: 'Upload a file and watch every row of it get its outcome.',
    },
    needs: ['collection:collect'],
    page: lazy(() => import('./collection/upload.tsx')),
  },
  {
    path: '/collection/batches/:id?',
    name: { zh: '报送记录', en: 'Deliveries' },
    does: {
      zh: '查看批次的结果和问题，改正退回的行，提请和办理发布。',
      en: 'See what became of a batch, put wrong rows right, propose and release.',
    },
    needs: ['collection:read'],
    page: lazy(() => import('./collection/batches.tsx')),
  },
  {
    path: '/collection/scorecard',
    name: { zh: '本单位质量', en: 'Our quality' },
    does: {
      zh: '查看本单位一个月的质量指标；不详的如实写明。',
      en: 'See the figures of your unit in a month; what is not known says so.',
    },
    needs: ['quality:read'],
    page: lazy(() => import('./collection/scorecard.tsx')),
  },
];

const oversightEntries: readonly Entry[] = [
  {
    path: '/health',
    name: { zh: '运行情况', en: 'Health' },
    does: {
      zh: '查看透明日志的滞后、等待办理的批次、备份和数据库。',
      en: 'See how far the log is behind, what waits, backup and database.',
    },
    needs: ['system:health'],
    page: lazy(() => import('./health/page.tsx')),
  },
  {
    path: '/units',
    name: { zh: '单位', en: 'Units' },
    does: {
      zh: '查看单位的级别、区划和账户数。',
      en: 'See units with level, region and number of accounts.',
    },
    needs: ['system:configure'],
    page: lazy(() => import('./units/page.tsx')),
  },
  {
    path: '/accounts/:code?',
    name: { zh: '账户', en: 'Accounts' },
    does: {
      zh: '提出、决定账户和岗位的变更，停用账户，重置口令。',
      en: 'Propose and decide changes of accounts and positions; disable; reset.',
    },
    needs: ['accounts:assign'],
    page: lazy(() => import('./accounts/page.tsx')),
  },
  {
    path: '/roles/:code?',
    name: { zh: '岗位', en: 'Positions' },
    does: {
      zh: '查看每个岗位可以办理什么、为什么目的可以查询多大范围、依据是什么。',
      en: 'See what each position may do, for which purpose it reads, how far, and on which ground.',
    },
    needs: null,
    page: lazy(() => import('./roles/page.tsx')),
  },
  {
    path: '/events',
    name: { zh: '安全事件', en: 'Security events' },
    does: {
      zh: '查看登录、拒绝、锁定等事件。',
      en: 'See sign-ins, denials, locks and other events.',
    },
    needs: ['audit:read'],
    page: lazy(() => import('./events/page.tsx')),
  },
  {
    path: '/acts/:id?',
    name: { zh: '行为检索', en: 'Acts' },
    does: {
      zh: '查找谁对什么做了什么，核对它是否与透明日志一致。',
      en: 'Find who did what to what, and hold it against the log.',
    },
    needs: ['audit:read'],
    page: lazy(() => import('./acts/page.tsx')),
  },
  {
    path: '/quotas',
    name: { zh: '查询限额', en: 'Quotas' },
    does: {
      zh: '查看受限查询的限额和各单位当日用量，只有数量。',
      en: 'See quotas of restricted reading and what units used today: counts only.',
    },
    needs: ['access:read'],
    page: lazy(() => import('./quotas/page.tsx')),
  },
];

/** Every page, in the order of the menu. Each is loaded when it is opened. */
export const entries: readonly Entry[] = [
  {
    path: '/queue/:kind?/:id?',
    name: { zh: '待办', en: 'Queue' },
    does: {
      zh: '等待您办理的事项，按期限排列；每件事项的经过、可以办理的步骤，以及不能办理的原因。',
      en: 'What waits for you, by clock; of each matter what was done, what you may do, and why not the rest.',
    },
    needs: queueNeeds,
    page: lazy(() => import('./queue/page.tsx')),
    count: QueueCount,
  },
  {
    path: '/dashboard/:list?',
    name: { zh: '看板', en: 'Dashboard' },
    does: {
      zh: '报送、质量、关联和公示的数字；每个数字都能打开背后的行，可以打印。',
      en: 'Figures of deliveries, quality, links and publicity; each opens its rows, and all can be printed.',
    },
    needs: ['quality:read'],
    page: lazy(() => import('./dashboard/page.tsx')),
  },
  ...collectionEntries,
  {
    path: '/readings',
    name: { zh: '受限查询', en: 'Restricted reading' },
    does: {
      zh: '为法定用途查询一个主体不公开的信息；每次查询都会留痕，主体看得到。',
      en: 'Read what is not public of a subject, for a purpose of law. Every reading is kept, and its subject can see it.',
    },
    needs: ['records:read', 'measures:query'],
    page: lazy(() => import('./readings/read.tsx')),
  },
  {
    path: '/sources/:unit?',
    name: { zh: '来源', en: 'Sources' },
    does: {
      zh: '谁逾期未报、自哪天起；上月报了多少行、退回多少；打开一个单位看批次和预警。',
      en: 'Who is late and since when; rows of last month and how many came back; one unit with its deliveries and alerts.',
    },
    needs: ['collection:read'],
    page: lazy(() => import('./sources/page.tsx')),
  },
  {
    path: '/links/:id?',
    name: { zh: '关联复核', en: 'Doubtful links' },
    does: {
      zh: '不能自动确定主体的行，由一人提议、另一人确认关联到哪个主体。',
      en: 'Rows whose subject is in doubt: one person proposes, another confirms whom they are about.',
    },
    needs: ['subjects:read'],
    page: lazy(() => import('./links/page.tsx')),
  },
  {
    path: '/releases',
    name: { zh: '待发布', en: 'Waiting for release' },
    does: {
      zh: '查看哪些双公示批次等待来源单位两人发布、已经等了多久。',
      en: 'See which batches of double publicity wait for two officers of their unit, and since when.',
    },
    needs: ['subjects:read'],
    page: lazy(() => import('./releases/page.tsx')),
  },
  {
    path: '/quality',
    name: { zh: '质量', en: 'Quality' },
    does: {
      zh: '一个月的质量指标、指标背后的行、预警，以及通报的起草、送达和发布。',
      en: 'Figures of a month and the rows behind them, alerts, and the bulletin from draft to publication.',
    },
    needs: ['quality:read'],
    page: lazy(() => import('./quality/page.tsx')),
  },
  {
    path: '/rulebook',
    name: { zh: '规则', en: 'Rulebook' },
    does: {
      zh: '现行规则及其依据和效力；新版本由一人提出、试运行后由另一人批准。',
      en: 'Rules in force, what they rest on; a new edition is proposed by one person, rehearsed, approved by another.',
    },
    needs: ['rulebook:read'],
    page: lazy(() => import('./rulebook/page.tsx')),
  },
  {
    path: '/unusual',
    name: { zh: '异常查询', en: 'Unusual readings' },
    does: {
      zh: '查看数量突增、夜间和一案多查的受限查询。',
      en: 'Readings that surge, come at night, or cite one matter for many subjects.',
    },
    needs: ['access:read'],
    page: lazy(() => import('./readings/unusual.tsx')),
  },
  ...oversightEntries,
  {
    path: '/letters/:id?',
    name: { zh: '告知', en: 'Letters' },
    does: {
      zh: '阅读给您本人、本单位和本岗位的告知，确认收到。',
      en: 'Read letters to you, your unit and your position, and acknowledge them.',
    },
    needs: null,
    page: lazy(() => import('./letters/page.tsx')),
    count: LetterCount,
  },
  {
    path: '/account',
    name: { zh: '我的账户', en: 'My account' },
    does: {
      zh: '更换口令，查看并退出正在使用的设备。',
      en: 'Change your password, see your devices and sign them out.',
    },
    needs: null,
    page: lazy(() => import('./session/own-account.tsx')),
  },
];

/** The pages somebody with these permissions sees. */
export function entriesFor(permissions: readonly string[]): readonly Entry[] {
  const holds = (needs: string) =>
    permissions.includes(needs) || permissions.includes(`${needs.split(':')[0]!}:*`);
  return entries.filter(({ needs }) => needs === null || needs.some(holds));
}
