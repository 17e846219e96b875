override WORKGROUP_SIZE: u32 = 256;

/// Rows [first_row, end_row) of a column chunk that one dispatch covers, walked in steps of `invocation_count` vectors of four rows.
struct Rows {
  first_row: u32,
  end_row: u32,
  invocation_count: u32,
}

const NO_VECTOR: u32 = 0xffffffffu;

/// First vector of which every row is visited.
fn whole_vector_begin(rows: Rows) -> u32 {
  return (rows.first_row + 3u) / 4u;
}

/// Index of the vector after the last one of which every row is visited.
fn whole_vector_end(rows: Rows) -> u32 {
  return rows.end_row / 4u;
}

/// The vector at either end of which only some rows are visited: invocations 0 and 1 take one each, `NO_VECTOR` when there is none.
fn part_vector(invocation: u32, rows: Rows) -> u32 {
  let head = rows.first_row / 4u;
  let tail = rows.end_row / 4u;
  let has_head = rows.first_row % 4u != 0u;
  if invocation == 0u && has_head {
    return head;
  }
  if invocation == 1u && rows.end_row % 4u != 0u && !(has_head && head == tail) {
    return tail;
  }
  return NO_VECTOR;
}

/// The four codes of a vector, with `outside` in place of those whose row is not in [first_row, end_row).
fn codes_inside(four: vec4u, vector: u32, rows: Rows, outside: u32) -> vec4u {
  let row = vec4u(vector * 4u) + vec4u(0u, 1u, 2u, 3u);
  return select(vec4u(outside), four, (row >= vec4u(rows.first_row)) & (row < vec4u(rows.end_row)));
}
