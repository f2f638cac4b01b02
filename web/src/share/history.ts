// Undo and redo over states that are never changed in place.

/** States kept to go back to. */
export const depth = 100;
/** What is typed or dragged in one go is one step: changes of the same input closer together than this, ms. */
const pause = 1000;

export class History<T> {
  private past: T[] = [];
  private future: T[] = [];
  private last: { what: string; at: number } | undefined;

  constructor(
    private now: T,
    private readonly equal: (a: T, b: T) => boolean,
    /** Names the one input that differs; nothing where there are several. */
    private readonly what: (a: T, b: T) => string | undefined,
  ) {}

  get canUndo(): boolean {
    return this.past.length > 0;
  }
  get canRedo(): boolean {
    return this.future.length > 0;
  }

  /** Takes in the state of the moment `at` (ms); says whether it is a new one. */
  record(next: T, at: number): boolean {
    if (this.equal(this.now, next)) return false;
    const what = this.what(this.now, next);
    const continued = what !== undefined && this.last?.what === what && at - this.last.at < pause;
    if (!continued) this.past = [...this.past, this.now].slice(-depth);
    this.last = what === undefined ? undefined : { what, at };
    this.now = next;
    this.future = [];
    return true;
  }

  /** What comes next is a step of its own, however soon it comes. */
  apart(): void {
    this.last = undefined;
  }

  private step(from: T[], to: T[]): T | undefined {
    const target = from.pop();
    if (target === undefined) return undefined;
    to.push(this.now);
    this.now = target;
    this.last = undefined;
    return target;
  }
  undo(): T | undefined {
    return this.step(this.past, this.future);
  }
  redo(): T | undefined {
    return this.step(this.future, this.past);
  }
}
