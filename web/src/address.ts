// Each language has an address of its own; a page that was saved or put under another name has only one. Whoever
// chose the other language before is led to it while the page loads (build/prerendered.ts).
import { language } from './state.js';
import type { Language } from './numbers.js';

/** The language the page came in. */
export const cameIn = (): Language => (document.documentElement.lang === 'en' ? 'en' : 'zh');

export const isAddressed = (): boolean => import.meta.env.MODE !== 'single' && /\/(?:index(?:\.en)?\.html)?$/.test(location.pathname);

/** The page in the language it is read in, without what it holds. The address of the page that is open stays: to
 *  change it makes a browser ask for its icon again. */
export const ownAddress = (): string =>
  isAddressed() ? new URL(language.value === 'en' ? './index.en.html' : './', location.href).href : location.href.replace(/[?#].*$/s, '');
