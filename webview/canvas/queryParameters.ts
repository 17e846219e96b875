import {
  parameterNames,
  parameterProblem,
  type ParameterType,
  type QueryParameter,
  type QueryParameters,
} from '#common/sql/parameters';

/** One parameter of a query as its panel shows it. */
export interface ParameterField {
  readonly name: string;
  readonly type: ParameterType;
  /** As it is typed; a list has commas between its values. */
  readonly text: string;
  readonly problem: string | null;
}

const PLACEHOLDERS: Readonly<Record<ParameterType, string>> = {
  number: '0',
  text: 'any text',
  boolean: '',
  date: '2024-12-31',
  list: 'a, b, c',
};

/** The parameters that a query's text names; one without a value yet is a text. */
export function parameterFields(sql: string, parameters: QueryParameters = {}): readonly ParameterField[] {
  return parameterNames(sql).map((name) => {
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (!parameter) return { name, type: 'text', text: '', problem: 'Give it a value.' };
    const { type, value } = parameter;
    const text = Array.isArray(value) ? value.join(', ') : String(value);
    return { name, type, text, problem: parameterProblem(parameter) };
  });
}

/** What was typed as a parameter. */
export function parameterOf(type: ParameterType, text: string): QueryParameter {
  switch (type) {
    case 'boolean':
      return { type, value: text === 'true' };
    case 'list': {
      const values = text.split(',').map((each) => each.trim());
      return { type, value: values.filter((each) => each !== '') };
    }
    case 'number':
    case 'text':
    case 'date':
      return { type, value: text };
  }
}

/** The parameters with one changed, and without those that the text no longer names. */
export function withParameter(
  sql: string,
  parameters: QueryParameters | undefined,
  name: string,
  parameter: QueryParameter,
): QueryParameters {
  const named = parameterNames(sql);
  const all = { ...parameters, [name]: parameter };
  return Object.fromEntries(Object.entries(all).filter(([each]) => named.includes(each)));
}

/** What an empty field of a type shows. */
export function parameterPlaceholder(type: ParameterType): string {
  return PLACEHOLDERS[type];
}
