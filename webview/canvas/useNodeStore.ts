import { useVueFlow, type GraphNode } from '@vue-flow/core';
import { markRaw, watch, type Ref } from 'vue';
import { FLOW_ID } from './flow.ts';
import type { FlowNode } from './useFlowNodes.ts';

/**
 * Keeps Vue Flow's own nodes in step with those that are wanted.
 *
 * Its `nodes` property would look for every node among all others whenever one changes, which takes seconds with
 * thousands of them.
 */
export function useNodeStore(wanted: Ref<readonly FlowNode[]>): void {
  const { nodes, findNode } = useVueFlow(FLOW_ID);
  let known: ReadonlyMap<string, FlowNode> = new Map();

  function update(now: readonly FlowNode[]): void {
    nodes.value = now.map((node) => {
      const graphNode = findNode(node.id);
      if (!graphNode) return newGraphNode(node);
      const before = known.get(node.id);
      if (!before || !isSame(before, node)) Object.assign(graphNode, node);
      return graphNode;
    });
    known = new Map(now.map((node) => [node.id, node]));
  }

  watch(wanted, update, { immediate: true });
}

function isSame(a: FlowNode, b: FlowNode): boolean {
  return (
    a === b ||
    (a.position.x === b.position.x &&
      a.position.y === b.position.y &&
      a.width === b.width &&
      a.height === b.height &&
      a.hidden === b.hidden &&
      a.type === b.type)
  );
}

function newGraphNode(node: FlowNode): GraphNode {
  return {
    ...node,
    dimensions: markRaw({ width: 0, height: 0 }),
    computedPosition: markRaw({ ...node.position, z: 0 }),
    handleBounds: { source: [], target: [] },
    selected: false,
    dragging: false,
    resizing: false,
    isParent: false,
    data: {},
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the type asks for it as long as it is there
    events: markRaw({}),
  };
}
