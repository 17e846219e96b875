/** Whether a type's values are made of others, which the engine tells as JSON. */
export function isNested(type: string): boolean {
  return /[[\]]$/.test(type) || /^(STRUCT|MAP|UNION|VARIANT)\b/.test(type);
}
