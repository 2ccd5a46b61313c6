/** What is said of a section and of the items in it: found, nothing, late, not covered, not public. */
import type { ReactElement } from 'react';
import { More } from '../../../ui/parts.tsx';
import type { Reader, Words } from '../../../ui/reader.ts';
import type { ItemState, Section } from '../contract.ts';
import { currencyReasons, stateWords } from './words.ts';

/** How many records of each item a section shows. */
function shownItems(r: Reader, section: Section): string {
  return section.items
    .filter(({ shown }) => shown > 0)
    .map(({ name, shown }) => r.say({ zh: `${name.zh}${shown}条`, en: `${name.en}: ${shown}` }))
    .join(r.say({ zh: '、', en: '; ' }));
}

/** State of a section in a few words. */
export function sectionState(r: Reader, section: Section): string {
  if (section.shown > 0) return shownItems(r, section);
  if (section.state === 'late' && section.lateSince !== null) {
    return r.say({
      zh: `来源自${section.lateSince}起迟报`,
      en: `source late since ${section.lateSince}`,
    });
  }
  if (section.key === 'registration' && section.state === 'found') {
    return r.say({ zh: '已收录', en: 'recorded' });
  }
  return r.say(stateWords[section.state]);
}

/** One sentence on an item: its state, the newest delivery, and what silence means. */
function itemWords({ state, shown, currency }: ItemState): Words {
  if (state === 'not-covered' || state === 'not-public') return stateWords[state];
  const { lastReceivedOn, lateSince, reason } = currency;
  const head =
    state === 'found'
      ? { zh: `公示中${shown}条`, en: `${shown} shown` }
      : { zh: '没有公示中的信息', en: 'nothing shown' };
  const last =
    lastReceivedOn === null
      ? { zh: '', en: '' }
      : { zh: `；最近一次收到${lastReceivedOn}`, en: `; newest delivery ${lastReceivedOn}` };
  const late =
    lateSince === null
      ? { zh: '', en: '' }
      : { zh: `，自${lateSince}起迟报`, en: `, late since ${lateSince}` };
  const why =
    reason === null || state === 'found'
      ? { zh: '', en: '' }
      : { zh: `，${currencyReasons[reason].zh}`, en: `; ${currencyReasons[reason].en}` };
  return {
    zh: `${head.zh}${last.zh}${late.zh}${why.zh}`,
    en: `${head.en}${last.en}${late.en}${why.en}`,
  };
}

function names(r: Reader, items: readonly ItemState[]): string {
  return items.map(({ name }) => r.say(name)).join(r.say({ zh: '、', en: '; ' }));
}

/** What a section consists of, item by item; those nobody delivers or may show in one line each. */
export function SectionItems({ r, section }: { r: Reader; section: Section }): ReactElement {
  const told = section.items.filter(({ state }) => ['found', 'none', 'late'].includes(state));
  const notPublic = section.items.filter(({ state }) => state === 'not-public');
  const notCovered = section.items.filter(({ state }) => state === 'not-covered');
  const summary =
    section.shown > 0 || section.key === 'registration'
      ? r.say({ zh: '这一部分包括什么，来源到哪一天', en: 'What this part covers, and up to when' })
      : `${sectionState(r, section)}${r.say({ zh: '——这一部分包括什么', en: ': what this part covers' })}`;
  return (
    <More summary={summary}>
      <ul>
        {told.map((item) => (
          <li key={item.item}>
            {r.say(item.name)}
            {r.say({ zh: '：', en: ': ' })}
            {r.say(itemWords(item))}
          </li>
        ))}
        {notPublic.length === 0 ? null : (
          <li>
            {r.say({
              zh: '目录没有规定向社会公示：',
              en: 'Not opened to the public by the directory: ',
            })}
            {names(r, notPublic)}
          </li>
        )}
        {notCovered.length === 0 ? null : (
          <li>
            {r.say({ zh: '尚未覆盖，没有来源报送：', en: 'Not covered, nobody delivers it: ' })}
            {names(r, notCovered)}
          </li>
        )}
        {section.items.length === 0 ? (
          <li>
            {r.say({ zh: '目录中没有这一类事项。', en: 'The directory has no item of this kind.' })}
          </li>
        ) : null}
      </ul>
    </More>
  );
}
