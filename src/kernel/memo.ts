/**
 * Answers kept for questions that come again and again. In a department's file most columns hold few
 * different texts (its own name, kinds, bases of law), and reading one of them costs a hundred times
 * what looking it up does. Bounded in entries and characters; where questions hardly repeat it steps
 * aside, so that a column of document numbers pays nothing for it.
 */
import { detachText } from './text/detach.ts';

const entriesMax = 4_096;
const charsMax = 128 * 1024;
const textMax = 256;
/** Questions after which it is judged whether remembering pays. */
const trial = 2_048;
/** Questions for which it steps aside when it does not. */
const pause = 64 * 1024;

/** Remembers what a pure function of a text gave. The answers must not be changed by those who get them. */
export class Memo<Answer> {
  private readonly answer: (text: string) => Answer;
  private readonly known = new Map<string, Answer>();
  private chars = 0;
  private asked = 0;
  private missed = 0;
  private resting = 0;

  constructor(answer: (text: string) => Answer) {
    this.answer = answer;
  }

  /** The function's answer to `text`, remembered or worked out now. */
  of(text: string): Answer {
    if (this.resting > 0) {
      this.resting -= 1;
      return this.answer(text);
    }
    this.asked += 1;
    const known = this.known.get(text);
    if (known !== undefined) return known;
    this.missed += 1;
    if (this.asked >= trial) this.judge();
    return text.length > textMax ? this.answer(text) : this.remember(text);
  }

  private remember(text: string): Answer {
    if (this.known.size >= entriesMax || this.chars >= charsMax) this.forget();
    const kept = detachText(text);
    const answer = this.answer(kept);
    this.known.set(kept, answer);
    this.chars += kept.length;
    return answer;
  }

  /** Remembering costs a third of reading: it pays where every second question was known. */
  private judge(): void {
    if (this.missed * 2 > this.asked) {
      this.forget();
      this.resting = pause;
    }
    this.asked = 0;
    this.missed = 0;
  }

  private forget(): void {
    this.known.clear();
    this.chars = 0;
  }
}
