// Files handed to the merchant: their names, and whether this browser hands out files at all.
import { st } from '../i18n/share.js';

/** What neither shows nor belongs into a name: control signs, marks that turn the direction, halves of signs. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\uFFFE\uFFFF]/gu;

/** A plan's name as it may stand anywhere: on one line, at most 40 signs, nothing that is not seen. */
export const cleanName = (text: string): string => Array.from(text.replace(/\s+/gu, ' ').replace(unseen, '').trim()).slice(0, 40).join('').trim();

/** The day, as 2026-11-21. */
export const today = (): string => new Date().toLocaleDateString('sv-SE');

/** A name that every system takes as one file in the folder it is put in: 商家增长测算_方案名_2026-11-21.csv */
export function fileName(plan: string, extension: string, part = ''): string {
  const name = cleanName(plan).replace(/[\\/:*?"<>|%\s]+/g, '-').replace(/^[-.~]+|[-.]+$/g, '');
  return `${[st('export.file'), name, part, today()].filter(Boolean).join('_')}.${extension}`;
}

/** Whether files come out of this browser at all, and paper; of WeChat's own neither does. */
export const takesFiles = (): boolean => 'download' in HTMLAnchorElement.prototype && !/MicroMessenger/i.test(navigator.userAgent);

/** Hands out a file. A browser that refuses it says nothing to the page. */
export function download(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
