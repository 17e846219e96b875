import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
// The package's `main` is CommonJS inside a `"type": "module"` package, which Node refuses; its module file works everywhere.
import { WgslReflect } from 'wgsl_reflect/wgsl_reflect.module.js';

/** A linked program: its text and every file it was made of, the program itself first. */
export interface LinkedWgsl {
  readonly text: string;
  readonly files: readonly string[];
}

/** Byte layout of one WGSL struct. */
export interface WgslStructLayout {
  readonly byteLength: number;
  readonly fields: Readonly<Record<string, { readonly offset: number; readonly type: string }>>;
}

const IMPORT_LINE = /^#import\s+"([^"]+)"\s*$/;
const SHADER_ROOT = 'shaders';

/**
 * Replaces every `#import "lib/x.wgsl"` line by that file's text, each file once per program.
 * Paths are relative to the `shaders` folder that holds the program.
 * @throws Error naming file and line when an import is malformed or missing.
 */
export function linkWgsl(path: string): LinkedWgsl {
  const files: string[] = [];
  const text = expand(resolve(path), shaderRoot(path), files, path);
  return { text, files };
}

/** JavaScript module text of a program: the source as default export, struct layouts as `structs`. */
export function wgslModule(path: string): { readonly code: string; readonly files: readonly string[] } {
  const { text, files } = linkWgsl(path);
  const code = `export default ${JSON.stringify(text)};\nexport const structs = ${JSON.stringify(structLayouts(text))};\n`;
  return { code, files };
}

/** Layout of every struct in a linked program, by WGSL's own alignment rules. */
export function structLayouts(text: string): Readonly<Record<string, WgslStructLayout>> {
  const reflection = new WgslReflect(text);
  return Object.fromEntries(
    reflection.structs.map((struct) => [
      struct.name,
      {
        byteLength: struct.size,
        fields: Object.fromEntries(
          struct.members.map((member) => [member.name, { offset: member.offset, type: member.type.getTypeName() }]),
        ),
      },
    ]),
  );
}

function shaderRoot(path: string): string {
  const full = resolve(path);
  const parts = full.split(/[\\/]/);
  const index = parts.lastIndexOf(SHADER_ROOT);
  return index < 0 ? dirname(full) : parts.slice(0, index + 1).join('/');
}

function expand(path: string, root: string, files: string[], importedAt: string): string {
  if (files.includes(path)) return '';
  files.push(path);
  const lines = readShader(path, importedAt).split(/\r?\n/);
  return lines
    .map((line, index) => {
      if (!line.startsWith('#')) return line;
      const place = `${basename(path)}:${index + 1}`;
      const target = IMPORT_LINE.exec(line)?.[1];
      if (target === undefined) throw new Error(`${place}: expected #import "lib/name.wgsl", found ${line}`);
      return expand(resolve(root, target), root, files, `${place}: ${target}`);
    })
    .join('\n');
}

function readShader(path: string, importedAt: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Error(`${importedAt}: there is no such shader file`, { cause });
  }
}
