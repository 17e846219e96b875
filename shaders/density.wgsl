// Rows per cell of a power-of-two grid over two code columns, of which only `columns` by `rows` cells from a first one on
// are counted: cell = ((y >> shift_y) - first_row) * columns + (x >> shift_x) - first_column.
// O(rows / invocations), one global atomic per run of rows in one cell: each invocation keeps two open runs in registers, so
// that data with few busy cells does not queue at them. Per-workgroup copies lose above 64 x 64 cells.
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

/// Cell that counts nothing.
const CELL_NONE: u32 = 0xffffffffu;

/// Rows of one cell that are not in `counts` yet.
struct Run {
  cell: u32,
  count: u32,
}

var<private> longer: Run = Run(CELL_NONE, 0u);
var<private> shorter: Run = Run(CELL_NONE, 0u);

fn cell_of(x: u32, y: u32) -> u32 {
  let column = (x >> grid.shift_x) - grid.first_column;
  let row = (y >> grid.shift_y) - grid.first_row;
  let is_counted = x != FIXED_NULL && y != FIXED_NULL && column < grid.columns && row < grid.rows;
  return select(CELL_NONE, row * grid.columns + column, is_counted);
}

fn flush(run: Run) {
  if run.cell != CELL_NONE {
    atomicAdd(&counts[run.cell], run.count);
  }
}

fn count_cell(cell: u32) {
  if cell == CELL_NONE {
    return;
  }
  if cell == longer.cell {
    longer.count += 1u;
    return;
  }
  if cell == shorter.cell {
    shorter.count += 1u;
    if shorter.count > longer.count {
      let run = longer;
      longer = shorter;
      shorter = run;
    }
    return;
  }
  flush(shorter);
  shorter = Run(cell, 1u);
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn count_cells(@builtin(global_invocation_id) invocation: vec3u) {
  let end = vector_end(rows);
  for (var vector = rows.first_row / 4u + invocation.x; vector < end; vector += rows.invocation_count) {
    let x = codes_inside(x_codes[vector], vector, rows, FIXED_NULL);
    let y = y_codes[vector];
    count_cell(cell_of(x.x, y.x));
    count_cell(cell_of(x.y, y.y));
    count_cell(cell_of(x.z, y.z));
    count_cell(cell_of(x.w, y.w));
  }
  flush(longer);
  flush(shorter);
}
