import { installServer } from '../../extension/build/vscode/installServer.ts';
import { unpacked } from './installedExtensions.ts';
import { packagedExtension } from './packagedExtension.ts';

/** Packages the extension and unpacks it once for all test files of a run. */
export async function setup(): Promise<void> {
  const vsix = await packagedExtension();
  process.env['PIKA_VSIX'] = vsix;
  await unpacked(await installServer(), vsix);
}
