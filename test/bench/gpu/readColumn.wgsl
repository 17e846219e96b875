// Reads every row of a column and does nothing else worth mentioning: the floor that kernels are compared with.
struct Rows {
  vector_count: u32,
  invocation_count: u32,
}

@group(0) @binding(0) var<uniform> rows: Rows;
@group(0) @binding(1) var<storage, read> codes: array<vec4u>;
@group(0) @binding(2) var<storage, read_write> sink: array<u32>;

@compute @workgroup_size(256)
fn read_column(@builtin(global_invocation_id) invocation: vec3u) {
  var mixed = vec4u(0u);
  for (var vector = invocation.x; vector < rows.vector_count; vector += rows.invocation_count) {
    mixed ^= codes[vector];
  }
  if mixed.x == 1u && mixed.y == 2u && mixed.z == 3u && mixed.w == 4u {
    sink[0] = 1u;
  }
}
