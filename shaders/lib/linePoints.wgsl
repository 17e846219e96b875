/// Rows of each unit of the pyramid that one unit of the level above holds; also in webview/gpu/linePyramid.ts.
const FAN_OUT: u32 = 64;
const NO_ROW: u32 = 0xffffffffu;
const NO_POINTS: vec4u = vec4u(NO_ROW);

/// First, lowest, highest and last point of two stretches of rows that follow each other; of equally low or high ones the first.
fn joined_points(before: vec4u, after: vec4u) -> vec4u {
  if before.x == NO_ROW {
    return after;
  }
  if after.x == NO_ROW {
    return before;
  }
  let lowest = select(before.y, after.y, y_codes[after.y] < y_codes[before.y]);
  let highest = select(before.z, after.z, y_codes[after.z] > y_codes[before.z]);
  return vec4u(before.x, lowest, highest, after.w);
}

/// A row as a stretch of its own.
fn points_of_row(row: u32) -> vec4u {
  return select(vec4u(row), NO_POINTS, y_codes[row] == FIXED_NULL);
}
