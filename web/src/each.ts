// What is read of one of many, and told again only when that one is another.
import { computed, type ReadonlySignal } from '@preact/signals-core';

/** The same reading, kept for each key: whoever reads it of one input hears nothing of the others. */
export function each<K, T>(read: (key: K) => T): (key: K) => T {
  const known = new Map<K, ReadonlySignal<T>>();
  return (key) => {
    let one = known.get(key);
    if (!one) known.set(key, (one = computed(() => read(key))));
    return one.value;
  };
}
