// What the guide asks, by concept and at most four questions at a time.
export interface Step {
  id: 'business' | 'private' | 'room' | 'paid' | 'costs' | 'repeat';
  paths: string[];
}

/** For a plan with this many paid channels; without any there is nothing to ask of them. */
export function steps(channelCount: number): Step[] {
  const channel = (i: number) => [`channels[${i}].monthly_spend`, `channels[${i}].cost_per_viewer`];
  const all: Step[] = [
    // The kind of business is the first question of this one.
    { id: 'business', paths: ['orders.average_order_value', 'costs.gross_margin', 'business.months_open'] },
    { id: 'private', paths: ['private.users', 'private.reach_rate', 'private.attend_rate', 'conversion.private'] },
    { id: 'room', paths: ['live.sessions_per_month', 'live.hours_per_session', 'quality.square_ctr', 'conversion.public'] },
    { id: 'paid', paths: Array.from({ length: Math.min(2, channelCount) }, (_, i) => channel(i)).flat() },
    { id: 'costs', paths: ['orders.return_rate', 'costs.fixed_monthly', 'costs.session_cost', 'costs.hourly_cost'] },
    { id: 'repeat', paths: ['repurchase.private_rate', 'repurchase.public_rate', 'repurchase.orders_per_repeater', 'private.buyer_join_rate'] },
  ];
  return all.filter(({ paths }) => paths.length > 0);
}
