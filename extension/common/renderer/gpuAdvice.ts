import type { GpuCheckPlace, GpuFindings, WindowSystem } from './gpuFindings.ts';

/** One thing that a user can change, with what is to be typed where there is something. */
export interface AdviceStep {
  readonly text: string;
  readonly code?: string;
}

const AUTO: AdviceStep = {
  text: 'The setting asks for this. For a hardware GPU where there is one, and the CPU otherwise, choose:',
  code: '"pika.renderer": "auto"',
};
const NOT_TURNED_OFF: AdviceStep = {
  text: 'Run “Preferences: Configure Runtime Arguments”. If argv.json has this line, take it out and start VS Code again:',
  code: '"disable-hardware-acceleration": true',
};
const NO_REMOTE_DISPLAY: AdviceStep = {
  text: 'A virtual machine or a remote desktop often has no graphics card to offer. There the CPU tier is the right one: it draws the same pictures from the same rows.',
};

/** What a user can change to have plots drawn by a hardware GPU; empty when one draws. */
export function gpuAdvice(place: GpuCheckPlace, findings: GpuFindings): readonly AdviceStep[] {
  const { report } = findings;
  if (report.renderer === 'webgpu' && report.isHardware) return [];
  const isForced = place.setting !== 'auto';
  if (findings.adapter && !findings.adapter.isSoftware && isForced) return [AUTO];
  const steps = place.isDesktop ? desktopSteps(findings.system) : browserSteps(findings.system);
  return [...(isForced ? [AUTO] : []), ...steps, driverStep(findings.system), NO_REMOTE_DISPLAY];
}

function desktopSteps(system: WindowSystem): readonly AdviceStep[] {
  if (system !== 'linux') return [NOT_TURNED_OFF];
  return [
    {
      text: 'On Linux VS Code starts with WebGPU off. Close all of its windows and start it with these flags; argv.json does not take them, so keep them in the launcher if they help:',
      code: 'code --enable-unsafe-webgpu --enable-features=Vulkan',
    },
    {
      text: 'If the adapter is still missing, the graphics driver may be on Chromium’s block list. At your own risk:',
      code: 'code --enable-unsafe-webgpu --enable-features=Vulkan --ignore-gpu-blocklist',
    },
    NOT_TURNED_OFF,
  ];
}

function browserSteps(system: WindowSystem): readonly AdviceStep[] {
  const acceleration: AdviceStep = {
    text: 'In Chrome, Edge and other Chromium browsers turn on “Use graphics acceleration when available”:',
    code: 'chrome://settings/system',
  };
  if (system !== 'linux') return [acceleration];
  return [
    {
      text: 'On Linux, Chromium browsers keep WebGPU off for most drivers. Enable both flags and start the browser again:',
      code: 'chrome://flags/#enable-unsafe-webgpu\nchrome://flags/#enable-vulkan',
    },
    acceleration,
  ];
}

function driverStep(system: WindowSystem): AdviceStep {
  switch (system) {
    case 'linux':
      return {
        text: 'A Vulkan driver of the graphics card has to be installed. This lists those there are:',
        code: 'vulkaninfo --summary',
      };
    case 'windows':
      return {
        text: 'Bring the driver of the graphics card up to date: Chromium turns WebGPU off for drivers with known faults.',
      };
    case 'macos':
      return { text: 'WebGPU needs Metal: a Mac of 2012 or newer with a present macOS.' };
    case 'other':
      return { text: 'The graphics card and its driver have to support Vulkan, Metal or Direct3D 12.' };
  }
}
