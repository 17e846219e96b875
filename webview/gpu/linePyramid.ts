/** Rows, or nodes of the level below, that one node joins; also exists in WGSL. */
export const FAN_OUT = 64;
/** Words of a node: first, lowest, highest and last point, as row numbers. */
export const WORDS_PER_NODE = 4;
/** No row; all words of a node without points. */
export const NO_ROW = 0xffffffff;
/** Rows that a line is given for every column of pixels; also exists in WGSL. */
export const ROWS_PER_COLUMN = 5;
/** Nodes of the fourth level hold 16 million rows each. */
const MOST_LEVELS = 4;

/** One level of nodes in the order of the rows; levels lie behind each other, the finest first. */
export interface PyramidLevel {
  readonly firstNode: number;
  readonly nodeCount: number;
}

/** The levels above so many rows, none where one node would hold them all. */
export function pyramidLevels(rowCount: number): readonly PyramidLevel[] {
  const levels: PyramidLevel[] = [];
  let firstNode = 0;
  for (let count = rowCount; count > FAN_OUT && levels.length < MOST_LEVELS; count = Math.ceil(count / FAN_OUT)) {
    const nodeCount = Math.ceil(count / FAN_OUT);
    levels.push({ firstNode, nodeCount });
    firstNode += nodeCount;
  }
  return levels;
}

/** Nodes of all levels together. */
export function countNodes(levels: readonly PyramidLevel[]): number {
  return levels.reduce((sum, { nodeCount }) => sum + nodeCount, 0);
}
