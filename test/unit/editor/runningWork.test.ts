import { describe, expect, test } from 'vitest';
import { describeWork, type RunningNode } from '../../../extension/editor/runningWork.ts';

const running = (id: string, fraction: number | null): RunningNode => ({ id, fraction, isImport: false });

describe('what the status bar says of running nodes', () => {
  test.each<readonly [string | null, readonly RunningNode[]]>([
    [null, []],
    ['trips', [running('trips', null)]],
    ['trips 45 %', [running('trips', 0.459)]],
    ['2 running', [running('trips', null), running('zones', null)]],
    ['3 running, zones 0 %', [running('trips', null), running('zones', 0), running('late', 0.7)]],
  ])('%s', (line, nodes) => {
    expect(describeWork(nodes)).toBe(line);
  });
});
