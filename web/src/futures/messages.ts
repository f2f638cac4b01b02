// What the page and its workers say to each other.
export type Command = 'breakdown' | 'simulate' | 'sensitivity' | 'seek' | 'allocate' | 'decide' | 'formulas';

export type ToWorker = { kind: 'start'; module?: WebAssembly.Module } | { kind: 'run'; command: Command; request: object };

export type FromWorker =
  | { kind: 'ready'; module: WebAssembly.Module }
  | { kind: 'progress'; share: number }
  | { kind: 'answer'; answer: unknown }
  | { kind: 'fault'; message: string };
