// Rows per category of a column of category indexes.
// O(rows / invocations) reads plus O(categories) per workgroup: the first CATEGORY_CAPACITY categories are counted in
// workgroup memory and flushed once, the others by one global atomic a row.
// Indexes that are no category, FIXED_NULL among them, are skipped. Twin: webview/gpu/cpu/categoryCounts.ts.
#import "lib/codes.wgsl"
#import "lib/rows.wgsl"
#import "lib/oneColumn.wgsl"
#import "lib/eachCode.wgsl"

override CATEGORY_CAPACITY: u32 = 1024;

struct Categories {
  count: u32,
}

@group(2) @binding(0) var<uniform> categories: Categories;
@group(2) @binding(1) var<storage, read_write> counts: array<atomic<u32>>;

var<workgroup> group_counts: array<atomic<u32>, CATEGORY_CAPACITY>;

fn visit_code(code: u32) {
  if code >= categories.count {
    return;
  }
  if code < CATEGORY_CAPACITY {
    atomicAdd(&group_counts[code], 1u);
  } else {
    atomicAdd(&counts[code], 1u);
  }
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn count_categories(@builtin(global_invocation_id) invocation: vec3u, @builtin(local_invocation_index) lane: u32) {
  visit_column(invocation.x);

  workgroupBarrier();
  for (var category = lane; category < min(categories.count, CATEGORY_CAPACITY); category += WORKGROUP_SIZE) {
    let count = atomicLoad(&group_counts[category]);
    if count > 0u {
      atomicAdd(&counts[category], count);
    }
  }
}
