@group(1) @binding(0) var<uniform> rows: Rows;
@group(1) @binding(1) var<storage, read> codes: array<vec4u>;

/// Gives the rows that an invocation takes of one column to the program's own `visit_four`, four at a time; rows outside of
/// the slice come as FIXED_NULL.
fn visit_column(invocation: u32) {
  let end = whole_vector_end(rows);
  for (var vector = whole_vector_begin(rows) + invocation; vector < end; vector += rows.invocation_count) {
    visit_four(codes[vector]);
  }
  let part = part_vector(invocation, rows);
  if part != NO_VECTOR {
    visit_four(codes_inside(codes[part], part, rows, FIXED_NULL));
  }
}
