import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import {
  compressionRegistry,
  CompressionType,
  Float64,
  RecordBatchFileWriter,
  Table,
  Utf8,
  vectorFromArray,
} from 'apache-arrow';
import { expect, test } from 'vitest';
import { unpackLz4 } from '../../../extension/engine/sources/lz4.ts';
import { EngineInProcess } from '../../support/engineInProcess.ts';
import { testFolder, writeInto } from '../../support/textFiles.ts';

const REPEATED = `${'ab'.repeat(20)}${'c'.repeat(300)}`.repeat(3);

/** Frames written by the `lz4` program. */
function check(name: string, base64: string, expected: Buffer): void {
  test(name, () => expect(Buffer.from(unpackLz4(Buffer.from(base64, 'base64'))).equals(expected)).toBe(true));
}

check(
  'unpacks matches that overlap themselves and long lengths',
  'BCJNGGRApxgAAAAvYWICABMfYwEA/xkPVAH//5JQY2NjY2MAAAAA13wcUQ==',
  Buffer.from(REPEATED),
);
check(
  'unpacks frames with sizes and block checksums',
  'BCJNGHxA/AMAAAAAAADpHAAAAC9hYgIAEx9jAQD/GQ9SARMPVAH//2xQY2NjY2NCD9mTAAAAANd8HFE=',
  Buffer.from(REPEATED),
);
check(
  'unpacks blocks that are stored as they are',
  'BCJNGGRApygAAIA8v7YUU31OtjcJHXOLnp+jDUyOyrwBToY4zqkJl7LbVvkyRXiCTAbUAAAAAHPQYHc=',
  Buffer.from('PL+2FFN9TrY3CR1zi56fow1Mjsq8AU6GOM6pCZey21b5MkV4gkwG1A==', 'base64'),
);

test('refuses frames that are cut off or are none', () => {
  const frame = Buffer.from('BCJNGGRApxgAAAAvYWICABMfYwEA/xkPVAH//5JQY2NjY2MAAAAA13wcUQ==', 'base64');
  for (let length = 0; length < frame.length - 8; length++) {
    expect(() => unpackLz4(frame.subarray(0, length))).toThrow(RangeError);
  }
});

const STORED_HEADER = Uint8Array.of(0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82);

function storedFrame(data: Uint8Array): Uint8Array {
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, data.length + 2 ** 31, true);
  return Buffer.concat([STORED_HEADER, size, data, new Uint8Array(4)]);
}

test('reads Feather files whose columns are compressed with LZ4 or Zstandard', async () => {
  const folder = await testFolder();
  const engine = await EngineInProcess.open(folder);
  compressionRegistry.set(CompressionType.LZ4_FRAME, { encode: storedFrame, decode: unpackLz4 });
  compressionRegistry.set(CompressionType.ZSTD, { encode: zstdCompressSync, decode: zstdDecompressSync });
  const values = Array.from({ length: 5000 }, (_, i) => (i % 7 === 0 ? null : i / 2));
  const texts = values.map((value) => (value === null ? null : `row ${value}`));
  const table = new Table({ v: vectorFromArray(values, new Float64()), t: vectorFromArray(texts, new Utf8()) });
  for (const compressionType of [CompressionType.LZ4_FRAME, CompressionType.ZSTD]) {
    const writer = new RecordBatchFileWriter({ compressionType });
    const path = await writeInto(folder, `${compressionType}.feather`, await writer.writeAll(table).toUint8Array());
    const source = await engine.import(path, { format: 'arrow' });
    const rows = await engine.rows(`SELECT v, t FROM ${source.relation}`);
    expect(rows).toEqual(values.map((value, i) => [value, texts[i] ?? null]));
  }
});
