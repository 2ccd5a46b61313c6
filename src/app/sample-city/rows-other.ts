/** Rows of permits, other acts, lists, commitments and contracts. */
import { addDays } from '../../kernel/day.ts';
import { type Permit, permitsOf } from './permits.ts';
import { sampleRegion } from './codes.ts';
import { representative } from './organisations.ts';
import {
  type RowMatter,
  type Values,
  documentNumber,
  otherwise,
  partyValues,
  slashed,
  tenThousands,
  unitValues,
  yearsAfter,
} from './row.ts';
import { type UnitKey, unitOf } from './units.ts';

/** A permit in the template of its source: 2019, 2018 (which has fewer columns), or 2015. */
export function permitRow(matter: RowMatter): Values {
  const values = permitOf2019(matter);
  return matter.order.standard === 'xk-legal@2015' ? permitOf2015(values, matter) : values;
}

/** The first template: other names for the party's columns, one end day, the office by name only. */
function permitOf2015(values: Values, { decidedOn }: RowMatter): Values {
  const get = (field: string) => values[field] ?? '';
  return {
    XK_WSH: get('XK_WSH'),
    XK_XMMC: get('XK_XKZS'),
    XK_SPLB: get('XK_XKLB'),
    XK_NR: get('XK_NR'),
    XK_XDR: get('XK_XDR_MC'),
    XK_XDR_SHXYM: get('XK_XDR_SHXYM'),
    XK_XDR_ZDM: get('XK_XDR_ZZJG'),
    XK_XDR_GSDJ: get('XK_XDR_GSZC'),
    XK_FR: get('XK_FRDB'),
    XK_JDRQ: get('XK_JDRQ'),
    XK_JZQ: get('XK_YXQZI'),
    XK_XZJG: get('XK_XKJG'),
    XK_ZT: get('XK_ZT') === '2' ? '1' : '0',
    DFBM: sampleRegion,
    SJC: `${slashed(decidedOn)} 16:00:00`,
    XK_SYFW: '0',
  };
}

/** The template of 2019. */
function permitOf2019(matter: RowMatter): Values {
  const { chance, decidedOn, unit, party } = matter;
  const permit: Permit = chance.pick(permitsOf[unit.key] ?? []);
  const until = permit.years === null ? '2099/12/31' : slashed(yearsAfter(decidedOn, permit.years));
  const serial = String(matter.order.before + matter.number + 1).padStart(6, '0');
  return {
    ...partyValues(matter, 'XK_XDR_'),
    XK_FRDB: representative,
    XK_XKWS: permit.document,
    XK_WSH: documentNumber(matter, '许准'),
    XK_XKLB: permit.kind,
    XK_XKZS: permit.certificate,
    // A discharge permit begins with the code of its holder.
    XK_XKBH: permit.prefix === '' ? `${party.uscc ?? ''}001Q` : `${permit.prefix}329900${serial}`,
    XK_NR: permit.content,
    XK_JDRQ: chance.happens(0.06) ? otherwise(decidedOn, chance) : slashed(decidedOn),
    XK_YXQZ: slashed(decidedOn),
    XK_YXQZI: until,
    XK_XKJG: unit.name,
    XK_XKJGDM: unit.code,
    XK_ZT: chance.happens(0.03) ? '2' : '1',
    XK_LYDW: unit.name,
    XK_LYDWDM: unit.code,
    BZ: '',
  };
}

function actValues(matter: RowMatter): Values {
  return {
    ...partyValues(matter, 'XDR_'),
    JDRQ: slashed(matter.decidedOn),
    ...unitValues(matter.unit, 'SSJG', 'SSJGDM'),
    ...unitValues(matter.unit, 'LYDW', 'LYDWDM'),
  };
}

function inspectionRow(matter: RowMatter): Values {
  const { chance } = matter;
  const found = chance.happens(0.2);
  return {
    ...actValues(matter),
    JDWS: '监督检查记录',
    JDWSH: documentNumber(matter, '检'),
    JCLX: chance.pick(['双随机抽查', '日常检查', '专项检查']),
    JCSX: chance.pick(['登记事项检查', '食品安全检查', '安全生产检查', '特种设备使用检查']),
    NR: found ? '发现问题，已责令改正' : '未发现问题',
    YJ: '《样例市随机抽查事项清单（样例）》',
    CLYJ: found ? '责令限期改正，已复查' : '',
  };
}

function rewardRow(matter: RowMatter): Values {
  return {
    ...actValues(matter),
    JDWS: '表彰决定',
    JDWSH: documentNumber(matter, '奖'),
    JLMC: matter.chance.pick(['样例市专精特新企业', '样例市质量奖', '样例市诚信经营示范单位']),
    JLJB: '市级',
    NR: '通报表彰',
    YJ: '《样例市行政奖励办法（样例）》',
    YXQZI: slashed(yearsAfter(matter.decidedOn, 3)),
  };
}

function confirmationRow(matter: RowMatter): Values {
  return {
    ...actValues(matter),
    JDWS: '行政确认决定书',
    JDWSH: documentNumber(matter, '确'),
    QRLB: '特殊工时制度备案确认',
    NR: '同意实行综合计算工时工作制',
    YJ: '《样例市行政确认事项清单（样例）》',
    YXQZ: slashed(matter.decidedOn),
    YXQZI: slashed(yearsAfter(matter.decidedOn, 2)),
  };
}

function compulsionRow(matter: RowMatter): Values {
  const lifted = matter.chance.happens(0.7);
  return {
    ...actValues(matter),
    JDWS: '实施行政强制措施决定书',
    JDWSH: documentNumber(matter, '强'),
    QZZL: matter.chance.pick(['查封场所、设施或者财物', '扣押财物']),
    SY: '涉嫌经营不符合安全标准的产品',
    NR: '对有关财物实施行政强制措施，期限三十日',
    YJ: '《中华人民共和国行政强制法》第二十二条',
    QZQ: slashed(matter.decidedOn),
    QZZ: slashed(addDays(matter.decidedOn, 29)),
    JCRQ: lifted ? slashed(addDays(matter.decidedOn, 3)) : '',
  };
}

function levyRow(matter: RowMatter): Values {
  return {
    ...actValues(matter),
    JDWS: '征收决定书',
    JDWSH: documentNumber(matter, '征'),
    ZSZL: '水土保持补偿费',
    NR: '征收水土保持补偿费',
    JE: String(1_000 + matter.chance.below(90_000)),
    YJ: '《中华人民共和国水土保持法》第三十二条',
    JNQX: slashed(addDays(matter.decidedOn, 15)),
    JNZT: matter.chance.happens(0.9) ? '已缴纳' : '未缴纳',
  };
}

function judgmentRow(matter: RowMatter): Values {
  const { party, unit, decidedOn, order, number } = matter;
  return {
    XDR_MC: party.name,
    XDR_SHXYM: party.uscc ?? '',
    AH: `（${decidedOn.slice(0, 4)}）苏样例刑初${order.before + number + 1}号`,
    ZM: matter.chance.pick(['单位行贿罪', '虚开增值税专用发票罪', '污染环境罪']),
    PJJG: '判处罚金人民币200000元',
    FJ: '200000',
    PJRQ: slashed(decidedOn),
    SXRQ: slashed(decidedOn),
    LXQK: '已缴纳',
    ...unitValues(unit, 'PJFY', 'PJFYDM'),
    ...unitValues(unit, 'LYDW', 'LYDWDM'),
  };
}

function abnormalRow(matter: RowMatter): Values {
  const { party, chance, decidedOn, unit } = matter;
  const left = chance.happens(0.35);
  return {
    XDR_MC: party.name,
    XDR_SHXYM: party.uscc ?? '',
    XDR_GSZC: party.registrationNumber ?? '',
    LRWH: documentNumber(matter, '列异'),
    LRYY: chance.pick(['通过登记的住所或者经营场所无法联系', '未依照规定期限公示年度报告']),
    LRRQ: slashed(decidedOn),
    YCYY: left ? '已补报并公示年度报告，申请移出' : '',
    YCRQ: left ? slashed(addDays(decidedOn, 1 + chance.below(4))) : '',
    JDJG: unit.name,
    JDJGDM: unit.code,
    ...unitValues(unit, 'LYDW', 'LYDWDM'),
  };
}

type ListWords = { readonly name: string; readonly matter: string; readonly basis: string };

const lists: Readonly<Record<string, ListWords>> = {
  'severe-list-market-regulation': {
    name: '市场监督管理严重违法失信名单',
    matter: '提供虚假材料取得登记，被处以吊销以外的较重行政处罚，性质恶劣',
    basis: '《市场监督管理严重违法失信名单管理办法》',
  },
  'severe-list-wage-arrears': {
    name: '拖欠农民工工资失信联合惩戒对象名单',
    matter: '拖欠农民工工资数额较大，经责令限期支付，逾期未支付',
    basis: '《拖欠农民工工资失信联合惩戒对象名单管理暂行办法》',
  },
  'severe-list-tax': {
    name: '重大税收违法失信主体',
    matter: '欠缴税款，采取转移财产手段妨碍追缴，金额一百万元以上',
    basis: '《重大税收违法失信主体信息公布管理办法》',
  },
  'severe-list-defaulters': {
    name: '失信被执行人名单',
    matter: '有履行能力而拒不履行生效法律文书确定的义务',
    basis: '《最高人民法院关于公布失信被执行人名单信息的若干规定》',
  },
};

function severeRow(matter: RowMatter): Values {
  const { order, unit, decidedOn, chance } = matter;
  const list = lists[order.source.item]!;
  const left = chance.happens(0.2);
  return {
    ...partyValues(matter, 'XDR_'),
    XDR_GSZC: '',
    MDLB: list.name,
    LRWH: documentNumber(matter, '列入'),
    LRSY: list.matter,
    LRYJ: list.basis,
    LRRQ: slashed(decidedOn),
    YXQZI: slashed(yearsAfter(decidedOn, 3)),
    YCRQ: left ? slashed(addDays(decidedOn, 2)) : '',
    YCYY: left ? '列入决定被撤销' : '',
    ...unitValues(unit, 'RDJG', 'RDJGDM'),
    ...unitValues(unit, 'LYDW', 'LYDWDM'),
  };
}

const undertakings: Readonly<Partial<Record<UnitKey, readonly [string, string]>>> = {
  approval: ['审批替代型', '申请食品经营许可实行告知承诺'],
  waterworks: ['容缺受理型', '用水报装容缺受理'],
  power: ['容缺受理型', '用电报装容缺受理'],
};

function commitmentRow(matter: RowMatter): Values {
  const { party, parties, unit, decidedOn, chance, order, number } = matter;
  const [kind, matterText] = undertakings[unit.key] ?? ['主动型', '主动公开承诺'];
  const kept = chance.next();
  const state = kept < 0.5 ? '' : kept < 0.94 ? '全部履行' : '全部未履行';
  const broken = state === '全部未履行';
  const serial = String(order.sourceNo * 10_000 + order.before + number + 1).padStart(6, '0');
  return {
    CNBM: `329900${decidedOn.replaceAll('-', '')}${serial.slice(-6)}`,
    CNRMC: parties.nameOn(party, decidedOn),
    CNRLB: partyValues(matter, 'XDR_')['XDR_LB']!,
    CNRDM: party.uscc ?? '',
    CNLX: kind,
    CNSY: matterText,
    CNNR: '承诺所提交材料真实，已具备规定条件，并接受监督检查',
    WNZR: '违反承诺的，依法撤销许可并承担相应责任',
    CNRQ: slashed(decidedOn),
    CNYXQ: slashed(yearsAfter(decidedOn, 1)),
    LXZT: state,
    WLXNR: broken ? '核查时经营场所条件与承诺不符' : '',
    ZRZJ: broken ? '已责令限期整改' : '',
    SLDW: unit.name,
    SLDWDM: unit.code,
    GKLX: chance.happens(0.8) ? '可向社会公开' : '特定范围内公开',
  };
}

const buyers: readonly UnitKey[] = ['finance', 'education', 'urban', 'health', 'reform'];

function contractRow(matter: RowMatter): Values {
  const { party, parties, decidedOn, chance, order, number } = matter;
  const buyer = unitOf(chance.pick(buyers));
  return {
    htbh: `YLHT-${decidedOn.slice(0, 4)}-${order.before + number + 1}`,
    htmc: chance.pick(['办公用房维修项目', '信息系统运行维护项目', '物业服务项目', '食堂服务项目']),
    htlx: '市场化合同',
    cgr: buyer.name,
    jfzttyshxydm: buyer.code,
    gys: parties.nameOn(party, decidedOn),
    yftyshxydm: party.uscc ?? '',
    HTJE: tenThousands(20_000 + chance.below(2_000) * 1_000),
    lyqx: slashed(addDays(decidedOn, 90 + chance.below(300))),
    cgfs: chance.pick(['公开招标', '竞争性磋商', '询价', '单一来源']),
    htqdrq: slashed(decidedOn),
    lyzt: chance.pick(['履行中', '已履行完毕']),
    ssqy: '样例市',
  };
}

/** What makes the rows of an item. */
export const rowMakers: Readonly<Record<string, (matter: RowMatter) => Values>> = {
  permit: permitRow,
  inspection: inspectionRow,
  reward: rewardRow,
  confirmation: confirmationRow,
  compulsion: compulsionRow,
  levy: levyRow,
  'criminal-judgment': judgmentRow,
  'abnormal-directory': abnormalRow,
  'severe-list-market-regulation': severeRow,
  'severe-list-wage-arrears': severeRow,
  'severe-list-tax': severeRow,
  'severe-list-defaulters': severeRow,
  commitment: commitmentRow,
  contract: contractRow,
};
