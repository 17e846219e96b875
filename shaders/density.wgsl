// Rows per cell of a power-of-two grid over two code columns, of which only `columns` by `rows` cells from a first one on
// are counted: cell = ((y >> shift_y) - first_row) * columns + (x >> shift_x) - first_column.
// O(rows / invocations), one global atomic per counted row: per-workgroup copies lose above 64 x 64 cells.
// A row with FIXED_NULL on either axis or outside the cells is skipped. Twin: webview/gpu/cpu/density.ts.
#import "lib/codes.wgsl"
#import "lib/rows.wgsl"

struct Grid {
  shift_x: u32,
  shift_y: u32,
  first_column: u32,
  first_row: u32,
  columns: u32,
  rows: u32,
}

@group(1) @binding(0) var<uniform> rows: Rows;
@group(1) @binding(1) var<storage, read> x_codes: array<vec4u>;
@group(1) @binding(2) var<storage, read> y_codes: array<vec4u>;
@group(2) @binding(0) var<uniform> grid: Grid;
@group(2) @binding(1) var<storage, read_write> counts: array<atomic<u32>>;

fn count_cell(x: u32, y: u32) {
  if x == FIXED_NULL || y == FIXED_NULL {
    return;
  }
  let column = (x >> grid.shift_x) - grid.first_column;
  let row = (y >> grid.shift_y) - grid.first_row;
  if column < grid.columns && row < grid.rows {
    atomicAdd(&counts[row * grid.columns + column], 1u);
  }
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn count_cells(@builtin(global_invocation_id) invocation: vec3u) {
  let end = vector_end(rows);
  for (var vector = rows.first_row / 4u + invocation.x; vector < end; vector += rows.invocation_count) {
    let x = select(vec4u(FIXED_NULL), x_codes[vector], rows_inside(vector, rows));
    let y = y_codes[vector];
    count_cell(x.x, y.x);
    count_cell(x.y, y.y);
    count_cell(x.z, y.z);
    count_cell(x.w, y.w);
  }
}
