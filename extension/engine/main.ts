import { EngineService } from './engineService.ts';
import { openHostPipe } from './hostPipe.ts';
import { removeOwnFiles } from './ownFiles.ts';

const service = new EngineService(openHostPipe());

process.on('disconnect', () => {
  if (service.config) removeOwnFiles(service.config);
  // A running query would hold up an orderly exit, and nothing that matters is open.
  process.kill(process.pid, 'SIGKILL');
});
