import type { FarTheme } from './farPicture.ts';

const VARIABLES = {
  card: '--pika-card',
  dot: '--pika-dot',
  line: '--pika-line',
  text: '--pika-strong',
  dim: '--pika-dim',
  edge: '--pika-edge',
  accent: '--pika-accent',
  focus: '--vscode-focusBorder',
  failed: '--pika-error',
  stale: '--pika-warning',
  running: '--pika-edge',
} as const;

/** Reads the theme's colours as they apply beside an element; `named` resolves one more. */
export function readFarTheme(element: Element): FarTheme & { named(color: string): string } {
  const probe = document.createElement('span');
  const named = (color: string) => {
    element.parentElement?.append(probe);
    probe.style.color = color;
    const found = getComputedStyle(probe).color;
    probe.remove();
    return found;
  };
  const colors = Object.fromEntries(
    Object.entries(VARIABLES).map(([name, variable]) => [name, named(`var(${variable})`)]),
  ) as Record<keyof typeof VARIABLES, string>;
  return { ...colors, font: getComputedStyle(element).fontFamily, named };
}

const characters = new Map<string, string>();

/** The character that the icon font has for a name. */
export function iconCharacter(name: string): string {
  const known = characters.get(name);
  if (known !== undefined) return known;
  const probe = document.createElement('span');
  probe.className = `codicon codicon-${name}`;
  document.body.append(probe);
  const character = getComputedStyle(probe, '::before').content.replaceAll('"', '');
  probe.remove();
  characters.set(name, character);
  return character;
}
