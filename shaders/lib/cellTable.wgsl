/// Cells that a workgroup counts by itself, a power of two.
const TABLE_BITS: u32 = 9;
const TABLE_SIZE: u32 = 512;
/// Multiplier of Fibonacci hashing (Knuth): neighbouring cells fall far apart in the table.
const HASH_MULTIPLIER: u32 = 0x9e3779b1u;

/// One more than the cell of each place; 0 is a free place.
var<workgroup> table_cells: array<atomic<u32>, TABLE_SIZE>;

/// The one place that a cell may take.
fn place_of(cell: u32) -> u32 {
  return (cell * HASH_MULTIPLIER) >> (32u - TABLE_BITS);
}

/// Whether the place belongs to `cell` now; a free place is taken.
fn is_taken_by(place: u32, cell: u32) -> bool {
  let owner = atomicLoad(&table_cells[place]);
  if owner != 0u {
    return owner == cell + 1u;
  }
  let exchange = atomicCompareExchangeWeak(&table_cells[place], 0u, cell + 1u);
  return exchange.exchanged || exchange.old_value == cell + 1u;
}

/// The cell that a place was taken by.
fn cell_at(place: u32) -> u32 {
  return atomicLoad(&table_cells[place]) - 1u;
}
