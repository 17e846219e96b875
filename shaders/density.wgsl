// Rows per cell of a power-of-two grid over two code columns, of which only `columns` by `rows` cells from a first one on
// are counted: cell = ((y >> shift_y) - first_row) * columns + (x >> shift_x) - first_column.
// O(rows / invocations). The cells that a workgroup meets first are counted in a small table of its own and added once, so
// that data with few busy cells does not queue at them; every other row is one global atomic: whole copies of the grid
// per workgroup lose above 64 x 64 cells.
// A row with FIXED_NULL on either axis or outside the cells is skipped. Twin: webview/gpu/cpu/density.ts.
#import "lib/codes.wgsl"
#import "lib/cellTable.wgsl"
#import "lib/grid.wgsl"
#import "lib/rows.wgsl"

@group(1) @binding(0) var<uniform> rows: Rows;
@group(1) @binding(1) var<storage, read> x_codes: array<vec4u>;
@group(1) @binding(2) var<storage, read> y_codes: array<vec4u>;
@group(2) @binding(0) var<uniform> grid: Grid;
@group(2) @binding(1) var<storage, read_write> counts: array<atomic<u32>>;

var<workgroup> table_counts: array<atomic<u32>, TABLE_SIZE>;

fn count_cell(x: u32, y: u32) {
  let cell = cell_of(x, y, grid);
  if cell == NO_CELL {
    return;
  }
  let place = place_of(cell);
  if is_taken_by(place, cell) {
    atomicAdd(&table_counts[place], 1u);
  } else {
    atomicAdd(&counts[cell], 1u);
  }
}

fn count_four(x: vec4u, y: vec4u) {
  count_cell(x.x, y.x);
  count_cell(x.y, y.y);
  count_cell(x.z, y.z);
  count_cell(x.w, y.w);
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn count_cells(@builtin(global_invocation_id) invocation: vec3u, @builtin(local_invocation_index) lane: u32) {
  let end = whole_vector_end(rows);
  for (var vector = whole_vector_begin(rows) + invocation.x; vector < end; vector += rows.invocation_count) {
    count_four(x_codes[vector], y_codes[vector]);
  }
  let part = part_vector(invocation.x, rows);
  if part != NO_VECTOR {
    count_four(codes_inside(x_codes[part], part, rows, FIXED_NULL), y_codes[part]);
  }

  workgroupBarrier();
  for (var place = lane; place < TABLE_SIZE; place += WORKGROUP_SIZE) {
    let count = atomicLoad(&table_counts[place]);
    if count > 0u {
      atomicAdd(&counts[cell_at(place)], count);
    }
  }
}
