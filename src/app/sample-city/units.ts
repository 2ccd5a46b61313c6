/** Departments, utilities and district offices of the sample city, with codes of the reserved block. */
import type { Unit } from '../../register/units/index.ts';
import { sampleRegion, sampleUnitCode } from './codes.ts';

type Draft = {
  readonly key: string;
  readonly name: string;
  readonly sector: string | null;
  readonly pair?: '11' | '12' | '91';
  readonly kind?: string;
  readonly level?: string;
  /** What its document numbers begin with. */
  readonly sign?: string;
};

const district = { kind: 'district-office', level: 'district' } as const;
const utility = { kind: 'utility', pair: '91', sector: null } as const;

const drafts = [
  { key: 'market', name: '样例市市场监督管理局', sector: 'market-regulation', sign: '样市监' },
  { key: 'ecology', name: '样例市生态环境局', sector: 'ecology-environment', sign: '样环' },
  { key: 'emergency', name: '样例市应急管理局', sector: 'emergency-management', sign: '样应急' },
  { key: 'urban', name: '样例市城市管理局', sector: 'urban-management', sign: '样城管' },
  { key: 'transport', name: '样例市交通运输局', sector: 'transport', sign: '样交' },
  { key: 'health', name: '样例市卫生健康委员会', sector: 'health', sign: '样卫' },
  { key: 'housing', name: '样例市住房和城乡建设局', sector: 'housing-construction', sign: '样建' },
  { key: 'fire', name: '样例市消防救援支队', sector: 'fire-rescue', sign: '样消' },
  { key: 'culture', name: '样例市文化广电和旅游局', sector: 'culture-tourism', sign: '样文旅' },
  {
    key: 'labour',
    name: '样例市人力资源和社会保障局',
    sector: 'human-resources-social-security',
    sign: '样人社',
  },
  { key: 'tax', name: '国家税务总局样例市税务局', sector: 'tax', sign: '样税' },
  { key: 'finance', name: '样例市财政局', sector: 'finance', sign: '样财' },
  { key: 'court', name: '样例市中级人民法院', sector: 'court', sign: '样法' },
  { key: 'civil-affairs', name: '样例市民政局', sector: 'civil-affairs', sign: '样民' },
  { key: 'justice', name: '样例市司法局', sector: 'justice-administration', sign: '样司' },
  { key: 'agriculture', name: '样例市农业农村局', sector: 'agriculture-rural', sign: '样农' },
  { key: 'water', name: '样例市水务局', sector: 'water-resources', sign: '样水' },
  { key: 'education', name: '样例市教育局', sector: 'education', sign: '样教' },
  { key: 'land', name: '样例市自然资源和规划局', sector: 'natural-resources', sign: '样自然资' },
  {
    key: 'reform',
    name: '样例市发展和改革委员会',
    sector: 'development-reform',
    sign: '样发改',
  },
  { key: 'industry', name: '样例市工业和信息化局', sector: 'industry-information', sign: '样工信' },
  { key: 'commerce', name: '样例市商务局', sector: 'commerce', sign: '样商' },
  {
    key: 'medical-insurance',
    name: '样例市医疗保障局',
    sector: 'medical-insurance',
    sign: '样医保',
  },
  { key: 'establishment', name: '样例市机构编制委员会办公室', sector: null },
  { key: 'approval', name: '样例市行政审批局', sector: null, sign: '样审批' },
  {
    key: 'procurement',
    name: '样例市公共资源交易中心',
    sector: null,
    pair: '12',
    kind: 'institution',
  },
  {
    key: 'sample-market',
    name: '样例市样例区市场监督管理局',
    sector: 'market-regulation',
    sign: '样区市监',
    ...district,
  },
  {
    key: 'sample-urban',
    name: '样例市样例区城市管理局',
    sector: 'urban-management',
    sign: '样区城管',
    ...district,
  },
  {
    key: 'example-urban',
    name: '样例市示例区城市管理局',
    sector: 'urban-management',
    sign: '示区城管',
    ...district,
  },
  {
    key: 'example-emergency',
    name: '样例市示例区应急管理局',
    sector: 'emergency-management',
    sign: '示区应急',
    ...district,
  },
  {
    key: 'example-market',
    name: '样例市示例区市场监督管理局',
    sector: 'market-regulation',
    sign: '示区市监',
    ...district,
  },
  {
    key: 'new-market',
    name: '样例市样例新区市场监督管理局',
    sector: 'market-regulation',
    sign: '样新市监',
    ...district,
  },
  {
    key: 'county-market',
    name: '样例市示例县市场监督管理局',
    sector: 'market-regulation',
    sign: '示县市监',
    ...district,
  },
  {
    key: 'county-urban',
    name: '样例市示例县城市管理局',
    sector: 'urban-management',
    sign: '示县城管',
    ...district,
  },
  { key: 'waterworks', name: '样例市自来水有限公司', ...utility },
  { key: 'gasworks', name: '样例市燃气有限公司', ...utility },
  { key: 'power', name: '样例市供电有限公司', ...utility },
] as const satisfies readonly Draft[];

/** Short names by which the rest of the city speaks of its units. */
export type UnitKey = (typeof drafts)[number]['key'];

/** A unit with what it writes before its document numbers. */
export type SampleUnit = Unit & { readonly key: UnitKey; readonly sign: string };

/** The credit centre that runs the sample city: number 1 of the block. It provides nothing itself. */
export const centreUnit: Unit = {
  code: sampleUnitCode('12', 'MB', 1),
  name: '样例市公共信用信息中心',
  kind: 'centre',
  level: 'city',
  region: sampleRegion,
  sector: null,
  status: 'registered',
  sample: true,
};

const firstNumber = 2;

/** All units, in the order of their codes. */
export const sampleUnits: readonly SampleUnit[] = (drafts as readonly Draft[]).map(
  (draft, index) => {
    const pair = draft.pair ?? '11';
    return {
      key: draft.key as UnitKey,
      sign: draft.sign ?? '样',
      code: sampleUnitCode(pair, pair === '91' ? 'MA' : 'MB', firstNumber + index),
      name: draft.name,
      kind: draft.kind ?? 'department',
      level: draft.level ?? 'city',
      region: sampleRegion,
      sector: draft.sector,
      status: 'registered',
      sample: true,
    };
  },
);

const byKey = new Map(sampleUnits.map((unit) => [unit.key, unit]));

/** The unit of a short name. */
export function unitOf(key: UnitKey): SampleUnit {
  return byKey.get(key)!;
}
