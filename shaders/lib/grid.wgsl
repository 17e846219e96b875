/// Cells of a power-of-two grid over two code columns, of which only `columns` by `rows` from a first one on are counted.
struct Grid {
  shift_x: u32,
  shift_y: u32,
  first_column: u32,
  first_row: u32,
  columns: u32,
  rows: u32,
}

const NO_CELL: u32 = 0xffffffffu;

/// Cell of a row, or NO_CELL for one with FIXED_NULL on either axis or outside the cells.
fn cell_of(x: u32, y: u32, grid: Grid) -> u32 {
  let column = (x >> grid.shift_x) - grid.first_column;
  let row = (y >> grid.shift_y) - grid.first_row;
  if x == FIXED_NULL || y == FIXED_NULL || column >= grid.columns || row >= grid.rows {
    return NO_CELL;
  }
  return row * grid.columns + column;
}
