override WORKGROUP_SIZE: u32 = 256;

/// Rows [first_row, end_row) of a column chunk that one dispatch covers, walked in steps of `invocation_count` vectors of four rows.
struct Rows {
  first_row: u32,
  end_row: u32,
  invocation_count: u32,
}

/// The four codes of a vector, with `outside` in place of those whose row is not in [first_row, end_row).
fn codes_inside(four: vec4u, vector: u32, rows: Rows, outside: u32) -> vec4u {
  let first = vector * 4u;
  if first >= rows.first_row && first + 3u < rows.end_row {
    return four;
  }
  let row = vec4u(first) + vec4u(0u, 1u, 2u, 3u);
  return select(vec4u(outside), four, (row >= vec4u(rows.first_row)) & (row < vec4u(rows.end_row)));
}

/// Index of the vector after the last one with a row to visit.
fn vector_end(rows: Rows) -> u32 {
  return (rows.end_row + 3u) / 4u;
}
