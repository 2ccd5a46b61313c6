/** Words for what accounts and signing in refuse. */

/** Sentences by refusal code; see messages.ts. */
export const accountWords: Readonly<Record<string, { readonly zh: string; readonly en: string }>> =
  {
    'enterprise.sample-only': {
      zh: '绑定码只在样例安装中使用。正式安装请接入本地的主体身份核验方式。',
      en: 'One-time codes are for sample installations only. Connect your own way to prove organisations.',
    },
    'enterprise.no-proof': {
      zh: '本平台还没有接入主体身份核验方式，暂时不能绑定组织。请联系平台运行单位。',
      en: 'No way to prove an organisation is connected, so none can be bound. Ask whoever runs this platform.',
    },
    'enterprise.bad-code': {
      zh: '绑定码不正确，或者不是这家组织的。请核对组织代码和绑定码。',
      en: 'The code is not valid, or not for this organisation. Check both.',
    },
    'enterprise.code-expired': {
      zh: '绑定码已经过期。请重新取得一个。',
      en: 'The code has expired. Obtain another one.',
    },
    'enterprise.code-used': {
      zh: '绑定码已经用过，每个只能用一次。请登录已有的账户，或者重新取得一个。',
      en: 'The code was used; each binds once. Sign in to the account it made, or obtain another one.',
    },
    'enterprise.no-such-organisation': {
      zh: '没有找到这家组织，或者这个代码不止一家组织使用。请核对统一社会信用代码。',
      en: 'There is no such organisation, or several bear this code. Check the unified code.',
    },
    'enterprise.bad-name': {
      zh: '请填写账户名称，至多{most}个字。建议写岗位，不要写个人证件号码。',
      en: "Give the account a name of at most {most} characters: a position, say; never a person's number.",
    },
    'enterprise.passwords-differ': {
      zh: '两次输入的口令不一致。请重新输入。',
      en: 'The two passwords are not the same. Type them again.',
    },
    'enterprise.not-holder': {
      zh: '只有组织的账户持有人可以办理委托。',
      en: 'Only the holder of the organisation names and ends delegates.',
    },
    'enterprise.no-such-account': {
      zh: '没有这个企业账户，不能委托。请向对方核对账户编号（不能委托自己）。',
      en: 'There is no such account to name as a delegate. Ask for its code (it can not be your own).',
    },
    'enterprise.bad-last-day': {
      zh: '委托的最后一天应在{from}至{to}之间。请改正。',
      en: 'The last day must lie between {from} and {to}. Correct it.',
    },
    'enterprise.too-many-delegates': {
      zh: '同时至多委托{most}个账户。请先结束不再需要的委托。',
      en: 'There are {most} delegates at most. End one that is no longer needed first.',
    },
    'enterprise.no-such-delegation': {
      zh: '没有这项委托，或者已经结束。请刷新页面。',
      en: 'There is no such delegation, or it has ended. Reload the page.',
    },
    'accounts.wrong-credentials': {
      zh: '账户或者口令不正确。请核对后重试；忘记口令的，请安全管理员重置。',
      en: 'Account or password is wrong. Check them and try again; a security administrator can reset a forgotten one.',
    },
    'accounts.wrong-code': {
      zh: '动态口令不正确或者已经用过。请等手机显示下一个再输入；时间不准的手机请先校准。',
      en: 'The code is wrong or was used. Wait for the next one; set the clock of the phone right if it is not.',
    },
    'accounts.locked': {
      zh: '连续失败次数过多，账户已锁定，请在{minutes}分钟后再试，或者请安全管理员解锁。',
      en: 'Too many failures: the account is locked. Try again in {minutes} minutes, or ask a security administrator.',
    },
    'accounts.foreign-origin': {
      zh: '登录请求来自其他网站，没有受理。请从本平台的登录页面登录。',
      en: 'The request came from another site and was not taken. Sign in on the page of this platform.',
    },
    'accounts.bad-csrf': {
      zh: '请求缺少页面的校验码，没有受理。请刷新页面后重试。',
      en: 'The request lacks the token of the page and was not taken. Reload the page and try again.',
    },
    'accounts.not-signed-in': {
      zh: '尚未登录，或者已经退出。请登录。',
      en: 'You are not signed in, or signed out. Sign in.',
    },
    'accounts.session-over': {
      zh: '登录已失效（{why}）。请重新登录。',
      en: 'Your session is over ({why}). Sign in again.',
    },
    'accounts.session-incomplete': {
      zh: '登录还没有完成（{state}）。请先完成。',
      en: 'Signing in is not complete ({state}). Complete it first.',
    },
    'accounts.wrong-state': {
      zh: '现在不能办这一步。请刷新页面，按提示进行。',
      en: 'This step can not be taken now. Reload the page and follow it.',
    },
    'accounts.no-such-session': {
      zh: '没有这个会话，或者已经退出。请刷新设备列表。',
      en: 'There is no such session, or it has ended. Reload the list of devices.',
    },
    'accounts.password-too-short': {
      zh: '口令至少{least}个字符。请换一个更长的，例如几个不相干的词。',
      en: 'A password has at least {least} characters. Choose a longer one: a few unrelated words, for example.',
    },
    'accounts.password-too-long': {
      zh: '口令至多{most}个字符。请换一个短些的。',
      en: 'A password has at most {most} characters. Choose a shorter one.',
    },
    'accounts.password-too-plain': {
      zh: '口令须含大写字母、小写字母、数字、其他字符中的至少{kinds}种。请改正。',
      en: 'A password needs at least {kinds} of capital letters, small letters, digits, others. Change it.',
    },
    'accounts.password-guessable': {
      zh: '口令容易被猜到（常用的口令，重复、连续的字符，或者账户、姓名、单位）。请换一个。',
      en: 'The password is easily guessed (a common one, repeated or running characters, or account, name, unit). Choose another.',
    },
    'accounts.password-used': {
      zh: '口令与现在的或者最近用过的相同。请换一个。',
      en: 'The password is the present one or was used lately. Choose another.',
    },
    'accounts.bad-code': {
      zh: '账户名“{account}”不能使用：应为小写字母开头，3至40个小写字母、数字、短横线。',
      en: 'Account "{account}" can not be used: a small letter first, then small letters, digits, hyphens, 3 to 40 together.',
    },
    'accounts.incomplete': {
      zh: '账户{account}缺少姓名或者单位。请补充。',
      en: 'Account {account} lacks a name or a unit. Give both.',
    },
    'accounts.no-such-position': {
      zh: '没有岗位“{position}”。可以选择：{known}。',
      en: 'There is no position "{position}". There are: {known}.',
    },
    'accounts.positions-apart': {
      zh: '岗位“{position}”不得兼任其他岗位（三员分设）。请分给不同的账户。',
      en: 'Position "{position}" is held with no other (three administrators apart). Give them to different accounts.',
    },
    'accounts.own-account': {
      zh: '不能办理自己的账户（{account}）。请由另一位安全管理员办理。',
      en: 'Nobody changes the own account ({account}). Another security administrator does.',
    },
    'accounts.already-proposed': {
      zh: '账户{account}已有一项变更等待决定。请先决定那一项。',
      en: 'A change of account {account} waits already. Decide that one first.',
    },
    'accounts.no-such-change': {
      zh: '没有变更{change}。请用 xinheng accounts changes 查看。',
      en: 'There is no change {change}. See them with xinheng accounts changes.',
    },
    'accounts.no-such-account': {
      zh: '没有账户{account}。请用 xinheng accounts list 查看。',
      en: 'There is no account {account}. See them with xinheng accounts list.',
    },
    'accounts.already-begun': {
      zh: '已经有安全管理员。其他账户由安全管理员提出，另一位确认。',
      en: 'There are security administrators already. One proposes further accounts, another confirms.',
    },
    'accounts.two-needed': {
      zh: '第一批须有两位不同的安全管理员，变更账户要由两人办理。请给出两个账户名。',
      en: 'Two different security administrators are needed to begin with: accounts are changed by two persons.',
    },
    'accounts.signature-form': {
      zh: '请求的签名写法不符合要求（{part}）。请按docs/operate/clients.md签名后重发。',
      en: 'The signature of the request is not as it has to be ({part}). Sign as docs/operate/clients.md says and send it again.',
    },
    'accounts.signature-stale': {
      zh: '请求的签名时间不在允许的范围内：至多早{past}秒、晚{future}秒。请校准时钟，重新签名后再发。',
      en: 'The signature was not made in time: {past} s before at most, {future} s ahead at most. Set the clock right and sign anew.',
    },
    'accounts.bad-digest': {
      zh: '请求内容与其摘要（Content-Digest，sha-256）不符，没有受理。请重新计算摘要并签名。',
      en: 'The body is not the one its Content-Digest (sha-256) was made of. Make the digest and the signature anew.',
    },
    'accounts.bad-signature': {
      zh: '程序账户或者签名不正确，没有受理。请核对账户名、密钥和签名的地址。',
      en: 'Client or signature is wrong. Check the code of the client, its key, and the address that was signed.',
    },
    'accounts.client-ended': {
      zh: '程序账户已停用或者密钥已过有效期。请安全管理员办理。',
      en: 'The client is disabled, or its key has had its last day. Ask a security administrator.',
    },
    'accounts.replayed': {
      zh: '这个请求已经收到过一次，没有再次受理。请换一个一次性标记（nonce）重新签名。',
      en: 'This request came before and was not taken again. Sign anew with another nonce.',
    },
    'accounts.cookie-and-signature': {
      zh: '请求同时带有登录会话和签名，没有受理。请只用其中一种。',
      en: 'The request has both a session and a signature. Use one of them.',
    },
    'accounts.client-has-no-session': {
      zh: '这一项只供登录的人员使用，程序账户没有会话。请由人员登录后办理。',
      en: 'This is for persons who are signed in; a client has no session. Let a person do it.',
    },
    'accounts.bad-key': {
      zh: '公钥不能使用：应为Ed25519公钥，SPKI格式的PEM或者Base64。请用 xinheng accounts keygen 生成。',
      en: 'The key can not be used: an Ed25519 public key is wanted, SPKI in PEM or base64. Make one with xinheng accounts keygen.',
    },
    'accounts.bad-until': {
      zh: '有效期不正确：应为今天起{days}日以内的日期（年-月-日）。请改正。',
      en: 'The last day is wrong: a day from today on, within {days} days, as YYYY-MM-DD. Correct it.',
    },
    'accounts.position-for-persons': {
      zh: '岗位“{position}”须由人员担任。程序可以担任：{known}。',
      en: 'Position "{position}" is held by persons. Programs may hold: {known}.',
    },
    'accounts.other-kind': {
      zh: '账户{account}的种类（人员或者程序）不能改变，也不能当作另一种办理。请另立账户。',
      en: 'Account {account} stays what it is, a person or a program, and is not treated as the other. Make another account.',
    },
    'accounts.key-in-use': {
      zh: '这个公钥已由程序账户{account}使用。请另外生成一对密钥。',
      en: 'Client {account} has this key already. Make another pair.',
    },
    'accounts.unreadable-file': {
      zh: '不能读取{path}（{reason}）。请核对文件名和权限。',
      en: '{path} can not be read ({reason}). Check its name and who may read it.',
    },
    'accounts.unwritable-file': {
      zh: '不能写入{path}（{reason}）。密钥文件不会被覆盖，请换一个还不存在的文件名。',
      en: '{path} can not be written ({reason}). No key file is written over: name one that is not there yet.',
    },
    'accounts.no-such-way': {
      zh: '没有设置统一身份认证。请用账户和口令登录。',
      en: 'No identity provider is configured. Sign in with account and password.',
    },
    'accounts.provider-down': {
      zh: '统一身份认证没有应答。请稍后再试，或者用账户和口令登录。',
      en: 'The identity provider does not answer. Try again later, or sign in with account and password.',
    },
    'accounts.provider-refused': {
      zh: '统一身份认证没有完成，或者已经失效。请从登录页面重新开始。',
      en: 'Signing in at the identity provider did not hold, or is over. Begin again on the sign-in page.',
    },
    'accounts.not-bound': {
      zh: '您在统一身份认证的身份没有对应可以登录的账户。请安全管理员办理。',
      en: 'No account that may sign in goes with your identity. Ask a security administrator.',
    },
    'accounts.bad-subject': {
      zh: '统一身份认证的身份不正确：发行方应为网址，主体标识为1至255个可见的英文字符。请改正。',
      en: 'The identity is wrong: an address for the issuer, 1 to 255 visible ASCII characters for the subject. Correct it.',
    },
    'accounts.subject-in-use': {
      zh: '这个身份已对应账户{account}。请先解除。',
      en: 'Account {account} has this identity already. Take it away there first.',
    },
    'audit.bad-period': {
      zh: '期间不正确：应为两个日期，后一个不早于前一个，最长{most}日。',
      en: 'The period is wrong: two days are wanted, the later one second, {most} days at most.',
    },
    'audit.no-such-act': {
      zh: '没有这项行为（{act}）。请从行为列表中打开。',
      en: 'There is no such act ({act}). Open one from the list of acts.',
    },
    'audit.file-exists': {
      zh: '不能写入{path}（{reason}）。请换一个还不存在的文件名。',
      en: '{path} can not be written ({reason}). Name a file that is not there yet.',
    },
    'audit.bad-month': {
      zh: '“{text}”不是月份。应写作2026-01。',
      en: '"{text}" is no month. Write it like 2026-01.',
    },
    'audit.month-open': {
      zh: '{month}还没有关闭。月份过后由服务自动关闭，也可以运行 xinheng audit close。',
      en: '{month} is not closed yet. The server closes it after its end, or run xinheng audit close.',
    },
    'audit.month-kept': {
      zh: '{month}的事件依规定至少留存到{until}，现在不能移出。',
      en: 'Events of {month} are kept until {until} at least and can not be taken out now.',
    },
    'audit.month-not-logged': {
      zh: '{month}的指纹还没有进入已签名的透明日志。请待日志跟上后再办。',
      en: 'The head of {month} is under no signed checkpoint yet. Wait until the log has caught up.',
    },
    'audit.month-dropped': {
      zh: '{month}的事件已经移出。请查阅当时的存档文件。',
      en: 'Events of {month} have been taken out. They are in the file written then.',
    },
    'audit.month-differs': {
      zh: '{month}的事件与关闭时不一致，没有移出。请运行 xinheng audit verify 查明。',
      en: 'Events of {month} are not what they were when it was closed; nothing was taken out. Run xinheng audit verify.',
    },
    'audit.no-such-proposal': {
      zh: '没有编号为{act}、要移出{month}的提请。请核对提请时给出的编号。',
      en: 'There is no proposal {act} to take {month} out. Give the number the proposal printed.',
    },
    'audit.term-unconfirmed': {
      zh: '留存期限的规则（{edition}）还没有经两人确认，不能移出。请规则管理员先办理确认。',
      en: 'The rule on keeping ({edition}) has not been confirmed by two officers. Have it confirmed first.',
    },
    'audit.bad-archive': {
      zh: '存档文件{path}不成立：{reason}。请换用移出时写成的文件。',
      en: 'The archive {path} does not hold: {reason}. Take the file written when the month was taken out.',
    },
    'door.disabled': {
      zh: '账户{account}已停用，不能办理。请由其他账户办理。',
      en: 'Account {account} is disabled and can not act. Act with another account.',
    },
  };
