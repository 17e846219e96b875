import { nodesOf, textOf, type SyntaxNode } from './syntaxTree.ts';

/** Scalar functions whose result grows with a number in their arguments, made in one step that no interrupt reaches. */
const GROWING_FUNCTIONS: ReadonlySet<string> = new Set([
  'range',
  'generate_series',
  'repeat',
  'lpad',
  'rpad',
  'list_resize',
  'array_resize',
  'bitstring',
]);
/** Beyond this, one value takes a good part of a small memory limit, which does not count it. */
const MAX_STEP = 50_000_000;

/** The function of a call that would make a huge value at once, as its written numbers tell; null for any other node. */
export function oversizedStep(node: SyntaxNode): string | null {
  const name = textOf(node, 'function_name').toLowerCase();
  if (node['class'] !== 'FUNCTION' || !GROWING_FUNCTIONS.has(name)) return null;
  return nodesOf(node['children']).some((argument) => writtenNumber(argument) > MAX_STEP) ? name : null;
}

function writtenNumber(node: SyntaxNode): number {
  if (node['class'] === 'CAST') return Math.max(0, ...nodesOf(node['child']).map(writtenNumber));
  if (node['class'] !== 'CONSTANT') return 0;
  const [constant] = nodesOf(node['value']);
  // What does not fit 64 bits is printed in two halves.
  if (typeof constant?.['value'] === 'object' && constant['value'] !== null) return Infinity;
  return typeof constant?.['value'] === 'number' ? Math.abs(constant['value']) : 0;
}
