// What the page, its neighbours and what builds them all know of it.
import type { Language } from './numbers.js';

/** Each language has an address of its own. */
export const addresses: Record<Language, string> = { zh: './', en: './index.en.html' };
/** How the path of one of them ends; a page that was saved or put under another name has only one address. */
export const addressed = /\/(index(\.en)?\.html)?$/;
/** Where a browser keeps the language that was chosen. */
export const remembered = 'growth.language';

/** For a search engine, and where it is installed. */
export const summary = {
  zh: '视频号商家增长计算器：私域、平台激励、流量券、付费加热和复购，先算清再花钱。',
  en: 'For merchants on WeChat Channels: what private traffic, platform incentives, traffic vouchers, paid heating and repeat purchase will bring, worked out before money is spent.',
};
