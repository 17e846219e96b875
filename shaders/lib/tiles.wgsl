override WORKGROUP_SIZE: u32 = 256;
/// Vectors of four rows that an invocation takes of a tile; also in kernels/dispatchTiles.ts.
const VECTORS_PER_LANE: u32 = 4;

/// Rows [first_row, end_row) of a column chunk in tiles, one a workgroup; workgroups walk them in steps of `group_count`.
struct Tiles {
  first_row: u32,
  end_row: u32,
  tile_count: u32,
  group_count: u32,
  /// How many tiles the chunks before this one have.
  first_tile: u32,
  /// Row of the column that row 0 of this chunk is.
  row_base: u32,
}

/// First of the vectors that an invocation takes of a tile; the first tile begins with the vector that `first_row` lies in.
fn lane_vector(tile: u32, lane: u32, tiles: Tiles) -> u32 {
  return tiles.first_row / 4u + (tile * WORKGROUP_SIZE + lane) * VECTORS_PER_LANE;
}

/// Which of a vector's four rows are in [first_row, end_row).
fn rows_inside(vector: u32, tiles: Tiles) -> vec4<bool> {
  let row = vec4u(vector * 4u) + vec4u(0u, 1u, 2u, 3u);
  return (row >= vec4u(tiles.first_row)) & (row < vec4u(tiles.end_row));
}

/// Lanes that one lane sums in a row: few barriers are worth a few more additions.
const RAKE_LANES: u32 = 16;

var<workgroup> lane_sums: array<u32, WORKGROUP_SIZE>;
var<workgroup> rake_sums: array<u32, WORKGROUP_SIZE / RAKE_LANES>;

/// Sum of `value` over the lanes before this one; every lane of the workgroup has to call it.
fn sum_before(value: u32, lane: u32) -> u32 {
  workgroupBarrier();
  lane_sums[lane] = value;
  workgroupBarrier();
  if lane < WORKGROUP_SIZE / RAKE_LANES {
    var sum = 0u;
    for (var other = lane * RAKE_LANES; other < (lane + 1u) * RAKE_LANES; other += 1u) {
      let next = lane_sums[other];
      lane_sums[other] = sum;
      sum += next;
    }
    rake_sums[lane] = sum;
  }
  workgroupBarrier();
  var sum = lane_sums[lane];
  for (var rake = 0u; rake < lane / RAKE_LANES; rake += 1u) {
    sum += rake_sums[rake];
  }
  return sum;
}
