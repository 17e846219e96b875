import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FoundDialect } from '#common/protocol/engineContract';
import { EngineInProcess } from '../../support/engineInProcess.ts';
import { testFolder, writeInto } from '../../support/textFiles.ts';

const STANDARD = {
  quote: '"',
  header: 'true',
  skip: '0',
  decimal_separator: '.',
  encoding: 'utf-8',
  strict_mode: 'true',
};

/** How a file is said to be written before it is imported, after that, and to another engine. */
function check(name: string, text: string, options: Record<string, unknown>, expected: FoundDialect): void {
  test(name, async () => {
    const folder = await testFolder();
    const path = await writeInto(folder, 'data.csv', text);
    const engine = await EngineInProcess.open(folder, { scratchDirectory: join(folder, '.one') });
    const other = await EngineInProcess.open(folder, { scratchDirectory: join(folder, '.two') });
    const described = await engine.describe(path, { options });
    const imported = await engine.import(path, { options });
    const found = await other.describe(path, { options });
    expect([described.dialect, imported.dialect, found.dialect]).toEqual([expected, expected, expected]);
  });
}

check('a plain file', 'a,b\n1,2\n', {}, { ...STANDARD, delim: ',' });
check(
  'semicolons, single quotes and German dates',
  "day;text\n24.12.2024;'a;b'\n25.12.2024;'c'\n",
  {},
  { ...STANDARD, delim: ';', quote: "'", dateformat: '%d.%m.%Y' },
);
check(
  'options that were given, in a file without a header',
  '# made by hand\n1|2\n3|4\n',
  { skip: 1, encoding: 'latin-1' },
  { ...STANDARD, delim: '|', header: 'false', skip: '1', encoding: 'latin-1' },
);
