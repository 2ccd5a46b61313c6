/**
 * Why a statement was linked, held for review or not linked: stable codes with their Chinese sentence.
 * They are stored with the decision and shown to the reviewer, never translated into a score.
 */

type Text = { readonly message: string; readonly nationalCode?: string };

const texts = {
  // Grounds of a link.
  LINKED_BY_CODE: { message: '统一社会信用代码与登记库一致，名称相符。' },
  LINKED_BY_CODE_FORMER_NAME: { message: '统一社会信用代码与登记库一致，名称为该主体的曾用名。' },
  LINKED_BY_ORGANISATION_CODE: { message: '组织机构代码与登记库一致，名称相符。' },
  LINKED_BY_REGISTRATION_NUMBER: { message: '注册号与登记库一致，名称相符。' },
  LINKED_BY_NAME_AND_AREA: { message: '名称完全一致、登记地区一致，且登记库中仅此一家。' },
  LINKED_BY_PEOPLE: {
    message: '同一来源数据此前经两人复核关联到该主体，更正后名称和代码写法未变，沿用该关联。',
  },
  // What people found wrong.
  LINK_UNDONE: { message: '原关联经两人复核认定有误，已撤销，等待重新关联。' },
  // What was noticed about the identifiers.
  CODE_ABSENT: { message: '未提供统一社会信用代码。' },
  CODE_PLACEHOLDER: { message: '提供的是占位写法，不是真实代码。' },
  CODE_INVALID: { message: '提供的代码不符合格式。' },
  CODE_LOOKALIKE: { message: '代码中的字母O、I可能是数字0、1；据此找到的主体仅供人工核对。' },
  CODE_IS_PERSONAL: { message: '代码栏填写的是个人身份号码，未予使用。' },
  CODE_NOT_FOUND: { message: '登记库中没有该统一社会信用代码。' },
  CODE_NOT_STRICT: { message: '该代码校验码不符合标准，但与登记库所载一致。' },
  CODE_WRONG: { message: '提供的代码有误，与该主体代码仅差一两个字符，已按其他证据判断。' },
  CODE_DOES_NOT_FIT: { message: '提供的代码与该主体的代码明显不同。' },
  CODE_UNKNOWN_OTHER_SUBJECT: {
    message: '提供的代码本身有效但登记库中没有，而找到的主体登记的是另一代码。',
  },
  CODE_UNKNOWN: { message: '提供的代码本身有效但登记库中没有，找到的主体没有统一社会信用代码。' },
  CODE_BORNE_BY_SEVERAL: { message: '登记库中有多个主体使用同一统一社会信用代码。' },
  CODE_SUPERSEDED: { message: '提供的是该主体以前的代码。' },
  CODES_DISAGREE: { message: '同一行中有两个不同的有效代码。' },
  NUMBER_BORNE_BY_SEVERAL: { message: '登记库中有多个主体使用同一组织机构代码或注册号。' },
  ORGANISATION_CODE_DIFFERS: { message: '提供的组织机构代码与该主体不一致。' },
  ORGANISATION_CODE_NOT_FOUND: { message: '登记库中没有该组织机构代码。' },
  REGISTRATION_NUMBER_DIFFERS: { message: '提供的注册号与该主体不一致。' },
  REGISTRATION_NUMBER_NOT_FOUND: { message: '登记库中没有该注册号。' },
  EVIDENCE_CONFLICT: { message: '不同的证据指向不同的主体。' },
  // What was noticed about the name.
  NAME_ABSENT: { message: '未提供名称。' },
  NAME_CODE_MISMATCH: {
    message: '未查询到主体或查询到的主体信息不匹配：代码存在，但名称不是该主体的现名或曾用名。',
    nationalCode: '1001',
  },
  NAME_NOT_FOUND: { message: '登记库中没有完全相同的名称。' },
  NAME_FORMER: { message: '名称为该主体的曾用名。' },
  NAME_SECOND: { message: '名称只是该主体的第二名称、简称或登记名称中的一部分。' },
  NAME_EMBEDDED: { message: '一个名称栏中含有两个名称。' },
  NAME_MASKED: { message: '名称已被脱敏，不能作为关联依据。' },
  NAME_DAMAGED: { message: '名称中有无法识别的字符，不能作为关联依据。' },
  NAME_SHORT: { message: '名称不超过三个字，不能单独作为关联依据。' },
  NAME_BORNE_BY_SEVERAL: { message: '登记库中有多个主体使用该名称。' },
  NAME_NEAR: {
    message: '登记库中只有相近的名称（省市县区、公司形式或括号不同），可能是另一主体。',
  },
  // What was noticed about the place and time.
  AREA_NOT_GIVEN: { message: '未提供登记地区，仅凭名称不能自动关联。' },
  AREA_INCOMPLETE: { message: '登记地区不完整，无法确认一致。' },
  AREA_UNKNOWN: { message: '登记库中该主体的登记地区不详，无法确认一致。' },
  AREA_DIFFERS: { message: '登记地区与该主体不一致。' },
  NOT_ALIVE: { message: '决定日期不在该主体的存续期间内。' },
  NOTHING_GIVEN: { message: '未提供任何可用于识别主体的信息。' },
} as const satisfies Record<string, Text>;

/** Stable codes of {@link LinkReason}. */
export type LinkReasonCode = keyof typeof texts;

/** All codes, for documents and tests. */
export const linkReasonCodes = Object.keys(texts) as LinkReasonCode[];

/** One reason, with the code of the national verification rule where there is one. */
export type LinkReason = {
  readonly code: LinkReasonCode;
  readonly message: string;
  readonly nationalCode?: string;
};

/** Reasons with their texts, in the order given, each once. */
export function reasonsOf(codes: readonly LinkReasonCode[]): LinkReason[] {
  return [...new Set(codes)].map((code) => ({ code, ...texts[code] }));
}
