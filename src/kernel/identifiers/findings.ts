/**
 * What can be said about an identifier: stable codes with their Chinese sentence and advice. Codes are
 * part of the interface (`xinheng identify`, error files) and are never renamed.
 */

/** One thing noticed about an identifier. `suggestion` is for a person to check, never applied. */
export type IdentifierFinding = {
  readonly code: IdentifierFindingCode;
  readonly message: string;
  readonly advice?: string;
  readonly suggestion?: string;
};

type Text = {
  readonly message: string;
  readonly advice?: string;
  /** A remark that leaves the verdict as it is. */
  readonly remark?: true;
};

const texts = {
  CODE_LOWER_CASE: {
    message: '代码中有小写字母，已按大写核对。',
    advice: '请按证照上的大写字母填写。',
  },
  CODE_FULL_WIDTH: {
    message: '代码中有全角字符，已按半角核对。',
    advice: '请用半角字母和数字填写。',
  },
  CODE_INNER_BLANKS: {
    message: '代码中间有空格或不可见字符，已去除后核对。',
    advice: '请连续填写，中间不留空格。',
  },
  CODE_HYPHENS: { message: '代码中有连字符，已去除后核对。', advice: '请只填写字母和数字。' },
  CODE_LABEL: {
    message: '代码单元格中还有代码以外的文字，已去除后核对。',
    advice: '请只填写代码本身，不要填写“统一社会信用代码”“（1/1）”等字样。',
  },
  IDENTIFIER_TOO_LONG: { message: '内容过长，不是代码。', advice: '请只填写代码本身。' },
  IDENTIFIER_UNRECOGNISED: {
    message: '不符合任何一种主体代码的格式。',
    advice: '请对照登记证照核对后填写统一社会信用代码。',
  },
  IDENTIFIER_ALL_EQUAL: { message: '所有字符相同，不是代码。', advice: '请填写登记证照上的代码。' },
  USCC_LENGTH: {
    message: '统一社会信用代码应为18位，此处位数不符。',
    advice: '请对照登记证照核对是否漏填、多填。',
  },
  USCC_FORMAT: {
    message: '18位代码中有不符合GB 32100格式的字符。',
    advice: '代码不使用字母I、O、S、V、Z，第3至8位应为数字。请对照登记证照核对。',
  },
  USCC_LOOKALIKE: {
    message: '代码中有字母O或I，很可能是数字0或1；系统不会自动替换。',
    advice: '请对照登记证照核对后重新填写。',
  },
  USCC_CHECK_MISMATCH: {
    message: '统一社会信用代码的校验码不符。',
    advice: '请对照登记证照核对；确属登记机关如此赋码的，请附证照说明，系统先查登记库再作处理。',
  },
  USCC_CHECK_WRITTEN_AS_REMAINDER: {
    message: '校验码写成了余数本身（余数30写作Y，按标准应为1），个别登记机关早期赋码有此情形。',
    advice: '请附登记证照；登记库中确有此代码的，予以接收并提示。',
  },
  USCC_LEGACY_NONCONFORMING: {
    message: '校验码不符合标准，但与个别地区早期赋码的特征一致，可能合法有效。',
    advice: '请附登记证照；登记库或例外清单中有此代码的，予以接收并提示。',
  },
  USCC_UNKNOWN_PREFIX: {
    message: '登记管理部门和机构类别代码（前两位）不在现有代码表中。',
    advice: '请核对；确由新增登记管理部门赋码的，请告知平台更新代码表。',
  },
  USCC_PLACEHOLDER: {
    message: '这是没有代码时的占位写法，不是统一社会信用代码。',
    advice: '仅在数据标准允许时（个体工商户无代码）可以这样填写；其他情形请填写真实代码。',
  },
  USCC_ALL_EQUAL: {
    message: '18位字符全部相同，不是统一社会信用代码。',
    advice: '请填写登记证照上的代码。',
  },
  RESIDENT_ID_SHAPE: {
    message:
      '另一种读法：该数字的结构与公民身份号码相似（含有效日期），但校验码不符合身份号码规则。',
    remark: true,
  },
  RESIDENT_ID_15_SHAPE: {
    message: '另一种读法：该数字的结构与15位旧身份号码相似（含有效日期）。',
    remark: true,
  },
  RESIDENT_ID_POSSIBLE: {
    message: '另一种读法：该数字同时符合公民身份号码的结构和校验规则。',
    advice: '请确认填写的是组织的代码；如为个人身份号码，请勿报送。',
  },
  RESIDENT_ID: {
    message: '这是公民身份号码，不是组织的代码；本平台不收集个人身份号码。',
    advice: '请删除个人身份号码，填写组织的统一社会信用代码。',
  },
  USCC_POSSIBLE: {
    message: '另一种读法：该数字符合统一社会信用代码的格式，但前两位不在代码表中或校验码不符。',
    remark: true,
  },
  ORGANISATION_CODE_CHECK: {
    message: '组织机构代码的校验码不符。',
    advice: '请对照组织机构代码证核对。',
  },
  ORGANISATION_CODE_FORMAT: {
    message: '9位代码的最后一位应为数字或X。',
    advice: '请对照组织机构代码证核对。',
  },
  REGISTRATION_NUMBER_CHECK: {
    message: '15位注册号的校验码不符。',
    advice: '请对照营业执照核对，并尽量填写统一社会信用代码。',
  },
  REGISTRATION_NUMBER_OLD: {
    message: '这是13位旧注册号，没有校验码，只能与登记库比对。',
    advice: '请尽量填写统一社会信用代码。',
  },
  REGISTRATION_NUMBER_FREE_TEXT: {
    message: '这是文字式的旧注册号，只能按原文与登记库比对。',
    advice: '请尽量填写统一社会信用代码。',
  },
  REGISTRATION_NUMBER_POSSIBLE: { message: '另一种读法：15位注册号（校验码不符）。', remark: true },
  TAX_NUMBER_POSSIBLE: {
    message: '另一种读法：15位纳税人识别号（后9位为组织机构代码）。',
    remark: true,
  },
  TAX_NUMBER_ORGANISATION_CODE: {
    message: '这是15位纳税人识别号，后9位为组织机构代码，可据此查找主体。',
    advice: '请尽量填写统一社会信用代码。',
  },
  TAX_NUMBER_HOLDS_RESIDENT_ID: {
    message: '该纳税人识别号含有个人身份号码，不得公开。',
    advice: '请改填统一社会信用代码。',
  },
} as const satisfies Record<string, Text>;

/** Stable codes of {@link IdentifierFinding}. */
export type IdentifierFindingCode = keyof typeof texts;

/** All codes, for documents and tests. */
export const identifierFindingCodes = Object.keys(texts) as IdentifierFindingCode[];

/** Builds a finding with its text; `suggestion` only where one exists. */
export function identifierFinding(
  code: IdentifierFindingCode,
  suggestion: string | null = null,
): IdentifierFinding {
  const text: Text = texts[code];
  return {
    code,
    message: text.message,
    ...(text.advice === undefined ? {} : { advice: text.advice }),
    ...(suggestion === null ? {} : { suggestion }),
  };
}

/** Whether a finding only remarks on another reading and leaves the verdict alone. */
export function isRemark(code: IdentifierFindingCode): boolean {
  const text: Text = texts[code];
  return text.remark === true;
}
