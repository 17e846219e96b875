import type { CodeColumn } from '../../../webview/gpu/codeColumn.ts';
import type { CommandList } from '../../../webview/gpu/commandList.ts';

/** Columns that kernels are measured on, all of the same distribution. */
export interface BenchColumns {
  readonly x: CodeColumn;
  readonly y: CodeColumn;
  /** Indexes of categories. */
  readonly category: CodeColumn;
}

/** A kernel to measure. */
export interface Kernel {
  readonly name: string;
  /** Columns that are read, each time that they are; 0 where the work does not grow with the rows. */
  readonly columnReads: number;
  readonly encode: (commands: CommandList, columns: BenchColumns) => void;
  readonly onCpu: ((x: Uint32Array<ArrayBuffer>, y: Uint32Array<ArrayBuffer>) => void) | null;
}
