import { isJsonObject } from '../document/jsonText.ts';
import type { ParameterType, QueryParameters } from './parameters.ts';

const TYPES: ReadonlySet<string> = new Set<ParameterType>(['number', 'text', 'boolean', 'date', 'list']);

/** Whether a document's `parameters` can be used; a value that does not fit its type is told when the query runs. */
export function isParameters(json: unknown): json is QueryParameters {
  return isJsonObject(json) && Object.values(json).every(isParameter);
}

function isParameter(json: unknown): boolean {
  if (!isJsonObject(json) || typeof json['type'] !== 'string' || !TYPES.has(json['type'])) return false;
  return Object.keys(json).every((key) => key === 'type' || key === 'value') && isValue(json['value']);
}

function isValue(value: unknown): boolean {
  return Array.isArray(value) ? value.every(isScalar) : isScalar(value) || typeof value === 'boolean';
}

function isScalar(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number';
}
