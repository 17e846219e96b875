// The codes of given rows of a column, in the order of the rows' numbers: chunk by chunk, each writes those that it holds.
// O(selected rows * chunks). Twin: webview/gpu/cpu/gatherRows.ts.
override WORKGROUP_SIZE: u32 = 256;

struct Gather {
  /// Row of the column that row 0 of this chunk is, and how many it holds.
  row_base: u32,
  chunk_rows: u32,
  row_count: u32,
  invocation_count: u32,
}

@group(1) @binding(0) var<uniform> gather: Gather;
@group(1) @binding(1) var<storage, read> codes: array<u32>;
@group(2) @binding(0) var<storage, read> rows: array<u32>;
@group(2) @binding(1) var<storage, read_write> gathered: array<u32>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn gather_rows(@builtin(global_invocation_id) invocation: vec3u) {
  for (var index = invocation.x; index < gather.row_count; index += gather.invocation_count) {
    let row = rows[index] - gather.row_base;
    if row < gather.chunk_rows {
      gathered[index] = codes[row];
    }
  }
}
