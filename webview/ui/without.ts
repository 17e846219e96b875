/** A copy of an object without one of its fields. */
export function without<T extends object, K extends keyof T & string>(value: T, field: K): Omit<T, K> {
  // Only the field is taken away, so what is left is the rest of T.
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== field)) as Omit<T, K>;
}
