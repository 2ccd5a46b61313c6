/** The text of a shared or inline string: runs joined, phonetic guides left out. */
import { cutText } from '../text/cut-text.ts';

/** Gathers the `t` elements of one string. */
export class RichText {
  private content = '';
  private inText = false;
  private phonetic = false;

  /** Begins a new string. */
  clear(): void {
    this.content = '';
    this.inText = false;
    this.phonetic = false;
  }

  /** An element within the string begins. */
  open(element: string): void {
    if (element === 't') this.inText = true;
    else if (element === 'rPh') this.phonetic = true;
  }

  /** An element within the string ends. */
  close(element: string): void {
    if (element === 't') this.inText = false;
    else if (element === 'rPh') this.phonetic = false;
  }

  /** Text within the string; what goes far beyond `max` characters is not gathered. */
  text(text: string, max: number): void {
    if (!this.inText || this.phonetic || this.content.length > max) return;
    this.content = this.content === '' ? text : this.content + text;
  }

  /** The string, at most `max` characters of it. */
  value(max: number): string {
    return cutText(this.content, max);
  }
}
