import { createHash } from 'node:crypto';
import { hostname } from 'node:os';

/** Short name of this machine in file names, for process ids mean nothing on another one that shares the disk. */
export const THIS_MACHINE = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
