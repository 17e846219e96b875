override WORKGROUP_SIZE: u32 = 256;

/// Rows [first_row, end_row) of a column chunk that one dispatch covers, walked in steps of `invocation_count` vectors of four rows.
struct Rows {
  first_row: u32,
  end_row: u32,
  invocation_count: u32,
}

/// Whether each of the four rows of a vector lies in [first_row, end_row).
fn rows_inside(vector: u32, rows: Rows) -> vec4<bool> {
  let row = vec4u(vector * 4u) + vec4u(0u, 1u, 2u, 3u);
  return (row >= vec4u(rows.first_row)) & (row < vec4u(rows.end_row));
}

/// Index of the vector after the last one with a row to visit.
fn vector_end(rows: Rows) -> u32 {
  return (rows.end_row + 3u) / 4u;
}
