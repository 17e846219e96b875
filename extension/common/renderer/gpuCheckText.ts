import { gpuAdvice } from './gpuAdvice.ts';
import type { AdapterFacts, GpuCheckPlace, GpuFindings, TierTrial, WindowSystem } from './gpuFindings.ts';

/** A named fact. */
export type Fact = readonly [name: string, value: string];

const SYSTEMS: Readonly<Record<WindowSystem, string>> = {
  linux: 'Linux',
  macos: 'macOS',
  windows: 'Windows',
  other: 'another system',
};

const whole = new Intl.NumberFormat('en-US');

/** What draws, as a headline. */
export function verdictOf({ report }: GpuFindings): string {
  if (report.renderer === 'cpu') return 'The CPU draws the plots';
  return report.isHardware ? 'The GPU draws the plots' : 'A software adapter draws the plots';
}

/** The window and the setting. */
export function placeFacts(place: GpuCheckPlace, { system, engine }: GpuFindings): readonly Fact[] {
  const shownBy = place.isDesktop
    ? `${place.appName} ${place.vscodeVersion}`
    : `a browser (${place.appName} ${place.vscodeVersion})`;
  return [
    ['Setting pika.renderer', place.setting],
    ['Window', `${shownBy} on ${SYSTEMS[system]}${engine ? `, ${engine}` : ''}`],
    [
      'Extension',
      place.remoteName === null
        ? `Pika ${place.pikaVersion}`
        : `Pika ${place.pikaVersion}, runs on ${place.remoteName}; plots are drawn where the window is`,
    ],
  ];
}

/** What the page found. */
export function adapterFacts({ hasWebGpu, adapter, trial }: GpuFindings): readonly Fact[] {
  return [
    ['WebGPU', hasWebGpu ? 'present' : 'off or missing'],
    ['Adapter', adapter ? `${adapter.name} (${adapter.isSoftware ? 'software' : 'hardware'})` : 'none'],
    ...(trial === null ? [] : [['Trial', trialText(trial)] as const]),
  ];
}

/** The limits that decide how many rows fit one buffer and one kernel. */
export function limitFacts({ limits }: AdapterFacts): readonly Fact[] {
  return Object.entries(limits).map(([name, value]) => [name, whole.format(value)]);
}

/** Everything as text, to be pasted into a report. */
export function gpuCheckText(place: GpuCheckPlace, findings: GpuFindings): string {
  const { adapter, report } = findings;
  const facts = (all: readonly Fact[]) => all.map(([name, value]) => `- ${name}: ${value}`);
  const steps = gpuAdvice(place, findings).map(
    ({ text, code }, index) => `${index + 1}. ${text}${code ? `\n   ${code.replaceAll('\n', '\n   ')}` : ''}`,
  );
  return [
    `${verdictOf(findings)}. ${report.reason}`,
    '',
    ...facts(placeFacts(place, findings)),
    ...facts(adapterFacts(findings)),
    ...(adapter ? facts(limitFacts(adapter)) : []),
    ...(adapter ? [`- Features: ${adapter.features.join(', ') || 'none'}`] : []),
    ...(steps.length > 0 ? ['', 'What can be changed:', ...steps] : []),
    '',
  ].join('\n');
}

function trialText(trial: TierTrial | string): string {
  if (typeof trial === 'string') return trial;
  const ms = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;
  const agreement = trial.isEqual ? 'the same counts' : 'different counts: please report this';
  return `${whole.format(trial.rows)} rows into cells: WebGPU ${ms(trial.gpuMs)}, one CPU core ${ms(trial.cpuMs)}; ${agreement}`;
}
