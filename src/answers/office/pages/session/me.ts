/** Who is signed in, for every page behind the door. */
import { createContext, useContext } from 'react';
import type { Me } from '../../../../trust/accounts/contract.ts';

export const MeContext = createContext<Me | null>(null);

/** Whoever is signed in. Only behind the door. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (me === null) throw new Error('a page before the door');
  return me;
}

/** Whether whoever is signed in has a permission: for what is shown; the server decides. */
export function useMay(needs: string): boolean {
  const { permissions } = useMe();
  return permissions.includes(needs) || permissions.includes(`${needs.split(':')[0]!}:*`);
}
