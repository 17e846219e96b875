// Figures of a third column over the rows of each cell of a power-of-two grid over two code columns, five words per cell:
// count, low and high word of the sum, one more than the maximum, and FIXED_NULL less the minimum; all 0 in an empty cell.
// cell = ((y >> shift_y) - first_row) * columns + (x >> shift_x) - first_column.
// O(rows / invocations): one atomic per row and word that is wanted. A row with FIXED_NULL in any column or outside the
// cells is skipped. Twin: webview/gpu/cpu/densityValues.ts.
#import "lib/codes.wgsl"
#import "lib/grid.wgsl"
#import "lib/rows.wgsl"

/// Whether sums are wanted, or maxima and minima; counts always are.
override WANTS_SUMS: bool = true;
override WANTS_EXTREMES: bool = true;

@group(1) @binding(0) var<uniform> rows: Rows;
@group(1) @binding(1) var<storage, read> x_codes: array<vec4u>;
@group(1) @binding(2) var<storage, read> y_codes: array<vec4u>;
@group(1) @binding(3) var<storage, read> value_codes: array<vec4u>;
@group(2) @binding(0) var<uniform> grid: Grid;
@group(2) @binding(1) var<storage, read_write> figures: array<atomic<u32>>;

const WORDS_PER_CELL: u32 = 5;

fn add_value(x: u32, y: u32, value: u32) {
  let cell = cell_of(x, y, grid);
  if cell == NO_CELL || value == FIXED_NULL {
    return;
  }
  let word = cell * WORDS_PER_CELL;
  atomicAdd(&figures[word], 1u);
  if WANTS_SUMS {
    let before = atomicAdd(&figures[word + 1u], value);
    if before + value < before {
      atomicAdd(&figures[word + 2u], 1u);
    }
  }
  if WANTS_EXTREMES {
    atomicMax(&figures[word + 3u], value + 1u);
    atomicMax(&figures[word + 4u], FIXED_NULL - value);
  }
}

fn add_four(x: vec4u, y: vec4u, value: vec4u) {
  add_value(x.x, y.x, value.x);
  add_value(x.y, y.y, value.y);
  add_value(x.z, y.z, value.z);
  add_value(x.w, y.w, value.w);
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn add_values(@builtin(global_invocation_id) invocation: vec3u) {
  let end = whole_vector_end(rows);
  for (var vector = whole_vector_begin(rows) + invocation.x; vector < end; vector += rows.invocation_count) {
    add_four(x_codes[vector], y_codes[vector], value_codes[vector]);
  }
  let part = part_vector(invocation.x, rows);
  if part != NO_VECTOR {
    add_four(codes_inside(x_codes[part], part, rows, FIXED_NULL), y_codes[part], value_codes[part]);
  }
}
