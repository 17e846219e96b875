/** Layout of one WGSL struct, as the shader import gives it. */
export interface StructLayout {
  readonly byteLength: number;
  readonly fields: Readonly<Record<string, { readonly offset: number; readonly type: string }>>;
}

/** A field's value: a scalar, or the components of a vector. */
export type FieldValue = number | readonly number[];

const UNIFORM_ALIGNMENT_BYTES = 16;
const COMPONENT_BYTES = 4;

/**
 * The bytes of a uniform struct, placed by the layout that the shader's own text gave.
 * @param values One value per field, by WGSL field name; scalars and vectors of u32 or f32.
 * @throws Error when a field is missing, unknown or of another type: that is a bug in the caller.
 */
export function structBytes(
  layout: StructLayout | undefined,
  values: Readonly<Record<string, FieldValue>>,
): ArrayBuffer {
  if (!layout) throw new Error('The shader has no such struct.');
  const names = Object.keys(layout.fields);
  const unknown = Object.keys(values).filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`The struct has no field ${unknown.join(', ')}.`);
  const bytes = new ArrayBuffer(Math.ceil(layout.byteLength / UNIFORM_ALIGNMENT_BYTES) * UNIFORM_ALIGNMENT_BYTES);
  const view = new DataView(bytes);
  for (const [name, field] of Object.entries(layout.fields)) {
    const value = values[name];
    if (value === undefined) throw new Error(`The struct's field ${name} has no value.`);
    writeField(view, field, typeof value === 'number' ? [value] : value);
  }
  return bytes;
}

function writeField(view: DataView, field: { offset: number; type: string }, components: readonly number[]): void {
  const { isFloat, length } = componentsOf(field.type);
  if (components.length !== length)
    throw new Error(`A ${field.type} has ${length} components, not ${components.length}.`);
  components.forEach((component, index) => {
    const offset = field.offset + index * COMPONENT_BYTES;
    if (isFloat) view.setFloat32(offset, component, true);
    else view.setUint32(offset, component, true);
  });
}

function componentsOf(type: string): { isFloat: boolean; length: number } {
  const match = /^(?:vec([234])(?:<(u32|f32)>|([uf]))|(u32|f32))$/.exec(type);
  if (!match) throw new Error(`Fields of type ${type} cannot be written.`);
  const scalar = match[2] ?? match[3] ?? match[4] ?? '';
  return { isFloat: scalar.startsWith('f'), length: Number(match[1] ?? 1) };
}
