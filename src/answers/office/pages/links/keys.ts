/** Single keys of a page. They can be switched off (WCAG 2.1.4), and never act while somebody types. */
import { useEffect, useState } from 'react';

const kept = 'xinheng-keys';

/** Whether single keys act, kept on this device, and what switches them. */
export function useKeysOn(): readonly [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => localStorage.getItem(kept) !== 'off');
  const choose = (chosen: boolean) => {
    localStorage.setItem(kept, chosen ? 'on' : 'off');
    setOn(chosen);
  };
  return [on, choose];
}

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  (target as HTMLInputElement).type !== 'radio';

/** Hands single keys to `act`, which says whether it took one. */
export function useKeys(on: boolean, act: (key: string) => boolean): void {
  useEffect(() => {
    if (!on) return undefined;
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      // Enter on a link or a button is its own.
      const own = event.target instanceof HTMLElement && event.target.closest('a, button') !== null;
      if (event.key === 'Enter' && own) return;
      if (act(event.key)) event.preventDefault();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [on, act]);
}
