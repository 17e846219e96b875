import { rmSync } from 'node:fs';
import type { MessagePipe } from '#common/protocol/rpc';
import { EngineService } from './engineService.ts';

/** The messages between this process and the one that forked it. */
const pipe: MessagePipe = {
  post: (message) => void process.send?.(message),
  onMessage(listener) {
    process.on('message', listener);
    return { dispose: () => void process.off('message', listener) };
  },
};

const service = new EngineService(pipe);

process.on('disconnect', () => {
  removeQuietly(service.scratchDirectory);
  // A running query would hold up an orderly exit, and nothing that matters is open.
  process.kill(process.pid, 'SIGKILL');
});

function removeQuietly(folder: string | null): void {
  try {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
  } catch {
    // Some systems keep open files; the next engine of this window empties the folder.
  }
}
