import type { MessagePipe } from '#common/protocol/rpc';
import { EngineService } from './engineService.ts';
import { removeOwnFiles } from './ownFiles.ts';

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
  if (service.config) removeOwnFiles(service.config);
  // A running query would hold up an orderly exit, and nothing that matters is open.
  process.kill(process.pid, 'SIGKILL');
});
