// Figures of a third column over the rows of each cell of a power-of-two grid over two code columns, five words per cell:
// count, low and high word of the sum, one more than the maximum, and FIXED_NULL less the minimum; all 0 in an empty cell.
// cell = ((y >> shift_y) - first_row) * columns + (x >> shift_x) - first_column.
// O(rows / invocations): the cells that a workgroup meets first are summed up in a small table of its own, so that few busy
// cells make no queue; of every other row one global atomic per word that is wanted. A row with FIXED_NULL in any column or
// outside the cells is skipped. Twin: webview/gpu/cpu/densityValues.ts.
#import "lib/codes.wgsl"
#import "lib/cellTable.wgsl"
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

var<workgroup> table_figures: array<atomic<u32>, WORDS_PER_CELL * TABLE_SIZE>;

/// Adds what is known of some rows of a cell: words in the order of a cell's.
fn add_figures(cell: u32, count: u32, low: u32, high: u32, above_maximum: u32, below_minimum: u32) {
  let word = cell * WORDS_PER_CELL;
  atomicAdd(&figures[word], count);
  if WANTS_SUMS {
    let before = atomicAdd(&figures[word + 1u], low);
    let carried = high + select(0u, 1u, before + low < before);
    if carried > 0u {
      atomicAdd(&figures[word + 2u], carried);
    }
  }
  if WANTS_EXTREMES {
    atomicMax(&figures[word + 3u], above_maximum);
    atomicMax(&figures[word + 4u], below_minimum);
  }
}

fn add_to_table(place: u32, value: u32) {
  let word = place * WORDS_PER_CELL;
  atomicAdd(&table_figures[word], 1u);
  if WANTS_SUMS {
    let before = atomicAdd(&table_figures[word + 1u], value);
    if before + value < before {
      atomicAdd(&table_figures[word + 2u], 1u);
    }
  }
  if WANTS_EXTREMES {
    atomicMax(&table_figures[word + 3u], value + 1u);
    atomicMax(&table_figures[word + 4u], FIXED_NULL - value);
  }
}

fn add_value(x: u32, y: u32, value: u32) {
  let cell = cell_of(x, y, grid);
  if cell == NO_CELL || value == FIXED_NULL {
    return;
  }
  let place = place_of(cell);
  if is_taken_by(place, cell) {
    add_to_table(place, value);
  } else {
    add_figures(cell, 1u, value, 0u, value + 1u, FIXED_NULL - value);
  }
}

fn add_four(x: vec4u, y: vec4u, value: vec4u) {
  add_value(x.x, y.x, value.x);
  add_value(x.y, y.y, value.y);
  add_value(x.z, y.z, value.z);
  add_value(x.w, y.w, value.w);
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn add_values(@builtin(global_invocation_id) invocation: vec3u, @builtin(local_invocation_index) lane: u32) {
  let end = whole_vector_end(rows);
  for (var vector = whole_vector_begin(rows) + invocation.x; vector < end; vector += rows.invocation_count) {
    add_four(x_codes[vector], y_codes[vector], value_codes[vector]);
  }
  let part = part_vector(invocation.x, rows);
  if part != NO_VECTOR {
    add_four(codes_inside(x_codes[part], part, rows, FIXED_NULL), y_codes[part], value_codes[part]);
  }

  workgroupBarrier();
  for (var place = lane; place < TABLE_SIZE; place += WORKGROUP_SIZE) {
    let word = place * WORDS_PER_CELL;
    let count = atomicLoad(&table_figures[word]);
    if count > 0u {
      add_figures(
        cell_at(place),
        count,
        atomicLoad(&table_figures[word + 1u]),
        atomicLoad(&table_figures[word + 2u]),
        atomicLoad(&table_figures[word + 3u]),
        atomicLoad(&table_figures[word + 4u]),
      );
    }
  }
}
