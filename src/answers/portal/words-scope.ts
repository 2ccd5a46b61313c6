/** What the platform never does (design.md §9), in the words of docs/scope.md; a test holds both together. */
import type { Words } from './law/contract.ts';

/** One thing refused: what, why, and what a city may have instead. */
export type RefusedMatter = {
  readonly key: string;
  readonly what: Words;
  readonly why: Words;
  readonly instead: Words;
};

/** Everything refused, in the order of docs/scope.md. */
export const refusedMatters: readonly RefusedMatter[] = [
  {
    key: 'personal-scores',
    what: { zh: '个人信用分、市民信用卡', en: 'Scores of persons, citizen cards' },
    why: {
      zh: '没有法律授权城市给居民打分，后果却落在私人生活上',
      en: 'No statute lets a city score its residents; the consequences fall on private life',
    },
    instead: { zh: '面向组织的优惠', en: 'Benefits for organisations' },
  },
  {
    key: 'personal-lists',
    what: { zh: '个人红黑榜', en: 'Lists and boards of persons' },
    why: {
      zh: '名单须有法律依据，个人名单使人暴露而无从补救',
      en: 'Lists need a law, and a list of persons exposes them without remedy',
    },
    instead: {
      zh: '组织的名单，经正当程序才能列入',
      en: 'Lists of organisations, entered only through due process',
    },
  },
  {
    key: 'personal-restrictions',
    what: {
      zh: '对个人的限制',
      en: 'Restrictions on persons (travel, consumption, schooling, office)',
    },
    why: {
      zh: '属于法院依其程序决定的事项',
      en: 'They belong to courts under their own procedure',
    },
    instead: {
      zh: '措施的文字留在来源文书中，不予执行',
      en: "The measure's text stays in the source document, unexecuted",
    },
  },
  {
    key: 'behaviour-points',
    what: { zh: '行为积分、农户积分', en: 'Mining of behaviour, household and village points' },
    why: { zh: '换了名称的打分', en: 'Scores by another name' },
    instead: { zh: '只对组织作汇总', en: 'Aggregates of organisations only' },
  },
  {
    key: 'personal-files',
    what: {
      zh: '公务员、重点职业人群档案',
      en: 'Files on civil servants and key professions',
    },
    why: { zh: '属于另一部法律规定的个人档案', en: 'Personal files of another law' },
    instead: {
      zh: '个人只作为账户持有人或者登记的任职人员出现',
      en: 'A person appears only as holder of an account or of a registered office',
    },
  },
  {
    key: 'natural-person-decisions',
    what: { zh: '自然人处罚公示', en: 'Publication of decisions about natural persons' },
    why: {
      zh: '国家没有规定公示的，不公示；自然人模板能被识别并拒收',
      en: 'Not public unless the state says so; the natural templates are recognised and refused',
    },
    instead: {
      zh: '没有：该行退回，只留摘要、行号和原因',
      en: 'Nothing: the row goes back, its digest, number and reason are all that is kept',
    },
  },
  {
    key: 'search-for-persons',
    what: {
      zh: '按姓名、身份证号查询',
      en: "Search by a person's name or number",
    },
    why: {
      zh: '会把组织的登记变成个人的登记',
      en: 'It would make a register of persons out of a register of organisations',
    },
    instead: { zh: '按组织查询', en: 'Search by organisation' },
  },
  {
    key: 'local-total-scores',
    what: {
      zh: '地方自评总分',
      en: 'A total score of an organisation computed by the city',
    },
    why: {
      zh: '与国办发〔2026〕8号的方向相反',
      en: '国办发〔2026〕8号 points the other way',
    },
    instead: {
      zh: '引入国家和行业的评价等级，注明来源和日期',
      en: 'National and sector grades are imported with source and date',
    },
  },
];

/** How persons still appear. */
export const personsAppear: readonly Words[] = [
  {
    zh: '法定代表人的姓名属于登记信息：报送时核对后即不留存，不与处罚、名单并列展示。',
    en: "A legal representative's name belongs to registration data: it is checked in deliveries and then forgotten, and is never shown beside a penalty or a list entry.",
  },
  {
    zh: '个体工商户只能按代码或者登记的全名查到，不进入部分名称、简称和拼音查询；名称就是经营者姓名的，只能按代码查到。',
    en: "An individual business is shown by code or by its exact registered name, never in partial, short-name or pinyin search; one whose name is its owner's, by code only.",
  },
  {
    zh: '文字内容在展示之前检查身份证件号码、电话、银行卡和护照号码；检查出的遮盖，记录在来源单位改正前不展示。',
    en: 'Free text is scanned for identity numbers, telephones, bank cards and passports before anything is shown; what is found is blanked out and the record stays unshown until its source corrects it.',
  },
  {
    zh: '年龄、宗教、基因、指纹、血型、疾病和病史在任何地方都没有字段。',
    en: 'Age, religion, genes, fingerprints, blood type, disease and medical history have no field anywhere.',
  },
];
