// Where this page is. Whoever chose the other language before was led to its address while the page loaded
// (build/prerendered.ts).
import type { Language } from './numbers.js';
import { addressed, addresses } from './site.js';
import { language } from './state.js';

/** The language the page came in. */
export const cameIn = (): Language => (document.documentElement.lang === 'en' ? 'en' : 'zh');

export const isAddressed = (): boolean => import.meta.env.MODE !== 'single' && addressed.test(location.pathname);

/** The page in the language it is read in, without what it holds. The address of the page that is open stays: to
 *  change it makes a browser ask for its icon again. */
export const ownAddress = (): string =>
  isAddressed() ? new URL(addresses[language.value], location.href).href : location.href.replace(/[?#].*$/s, '');
