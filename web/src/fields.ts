// Which inputs stand first, and how the rest is grouped by concept.
import { catalogue } from './data.js';
import type { Key } from './i18n/index.js';

/** The five that stand first: what every merchant knows by heart. */
export const essential = [
  'private.users',
  'live.sessions_per_month',
  'orders.average_order_value',
  'orders.return_rate',
  'costs.gross_margin',
];

export interface Group {
  id: string;
  title: Key;
  paths: string[];
}

/** Asked first within a group: what moves the result most. */
const leading = ['private.attend_rate', 'conversion.public', 'repurchase.private_rate', 'channels[0].monthly_spend', 'costs.fixed_monthly'];

const sections: [Key, string[]][] = [
  ['group.business', ['horizon_months', 'business.', 'orders.']],
  ['group.private', ['private.']],
  ['group.room', ['live.', 'quality.']],
  ['group.audience', ['conversion.', 'audience.']],
  ['group.paid', ['channels', 'vouchers.']],
  ['group.repurchase', ['repurchase.']],
  ['group.costs', ['costs.']],
  ['group.distribution', ['distribution.']],
];
/** Chosen with the policy, not in the form. */
const elsewhere = new Set(['business.tags', 'incentives.pack']);

/** Every input that is not among the first five, for a scenario with this many channels. */
export function groups(channelCount: number): Group[] {
  const channelPaths = Array.from({ length: channelCount }, (_, i) =>
    catalogue.channelFields.map((f) => `channels[${i}].${f.path.slice('channel.'.length)}`),
  ).flat();
  return sections.map(([title, prefixes]) => {
    const paths = prefixes.flatMap((prefix) =>
      prefix === 'channels'
        ? channelPaths
        : catalogue.fields.map((f) => f.path).filter((path) => path === prefix || (prefix.endsWith('.') && path.startsWith(prefix))),
    );
    const here = paths.filter((p) => !essential.includes(p) && !elsewhere.has(p));
    return { id: title.slice('group.'.length), title, paths: [...here.filter((p) => leading.includes(p)), ...here.filter((p) => !leading.includes(p))] };
  });
}
