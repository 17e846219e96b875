import { Socket } from 'node:net';
import { detachBytes, type ByteRun } from '#common/protocol/detachedBytes';
import { ENGINE_DATA_DESCRIPTOR } from '#common/protocol/engineContract';
import type { MessagePipe } from '#common/protocol/rpc';

/** The messages between this process and the one that forked it; the bytes of batches go beside them, as they are. */
export function openHostPipe(): MessagePipe {
  const data = new Socket({ fd: ENGINE_DATA_DESCRIPTOR, readable: false, writable: true });
  // A host that is gone closes the channel of messages too, which ends this process.
  data.on('error', () => undefined);
  return {
    post(posted) {
      const { message, run } = detachBytes(posted);
      process.send?.(message);
      if (run) writeRun(data, run);
    },
    onMessage(listener) {
      process.on('message', listener);
      return { dispose: () => void process.off('message', listener) };
    },
  };
}

function writeRun(data: Socket, { pieces, release }: ByteRun): void {
  data.cork();
  for (const piece of pieces) data.write(piece);
  data.write('', release);
  data.uncork();
}
