import { nativeTarget, packageFor } from '../../extension/build/package.ts';

/** The packaged extension under test: the one named in `PIKA_VSIX`, or one packaged now. */
export async function packagedExtension(): Promise<string> {
  return process.env['PIKA_VSIX'] ?? packageFor(nativeTarget());
}
