// What the single file carries beside its script: modules and samples, packed, each in an element of its own
// (build/single_file.ts writes them).

export async function embedded(name: string): Promise<ArrayBuffer> {
  const packed = Uint8Array.from(atob(document.getElementById(name)!.textContent!), (letter) => letter.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}

/** Compiled once; workers get it with their start, for they cannot see the page's elements. */
const compiled = new Map<string, Promise<WebAssembly.Module>>();

export function equipped(worker: Worker, name: string): Worker {
  const post = worker.postMessage.bind(worker) as (message: { kind: string; module?: WebAssembly.Module }) => void;
  worker.postMessage = (message: { kind: string; module?: WebAssembly.Module }) => {
    if (message.kind !== 'start' || message.module) return post(message);
    if (!compiled.has(name)) compiled.set(name, embedded(name).then((bytes) => WebAssembly.compile(bytes)));
    compiled.get(name)!.then(
      (module) => post({ ...message, module }),
      (fault) => worker.dispatchEvent(new ErrorEvent('error', { message: String(fault) })),
    );
  };
  return worker;
}
