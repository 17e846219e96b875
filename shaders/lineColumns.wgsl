// A line as thin as a window needs it: of every column of pixels the first, lowest, highest and last point of each series,
// so that no spike is lost and the columns join as all rows would. Five rows a column: a gap where the line does not come
// in from the row before, then the four points in their order; a column without points repeats the point before it.
// Before the window stands the last point before it, after the window the first one after.
// O(columns * log rows), from the pyramid of linePyramid.wgsl. Rows are in order of series, then x, which is never null;
// a row whose y is FIXED_NULL is a gap; gaps inside one column are not seen. Source: M4 (Jugel et al. 2014).
// Twin: webview/gpu/cpu/lineColumns.ts.
#import "lib/codes.wgsl"
#import "lib/linePoints.wgsl"

override WORKGROUP_SIZE: u32 = 256;
/// Rows that are written for each column; also in webview/gpu/linePyramid.ts.
const ROWS_PER_COLUMN: u32 = 5;

struct Columns {
  row_count: u32,
  column_count: u32,
  series_count: u32,
  level_count: u32,
  invocation_count: u32,
  /// First node of each level.
  level_starts: vec4u,
}

@group(1) @binding(0) var<storage, read> x_codes: array<u32>;
@group(1) @binding(1) var<storage, read> y_codes: array<u32>;
@group(1) @binding(2) var<storage, read> series_codes: array<u32>;
@group(2) @binding(0) var<uniform> columns: Columns;
@group(2) @binding(1) var<storage, read> nodes: array<vec4u>;
/// Code at which every column begins, and the one at which the last ends.
@group(2) @binding(2) var<storage, read> edges: array<u32>;
@group(2) @binding(3) var<storage, read_write> thin_x: array<u32>;
@group(2) @binding(4) var<storage, read_write> thin_y: array<u32>;
@group(2) @binding(5) var<storage, read_write> thin_series: array<u32>;

/// The first row that is not before a code of a series.
fn row_at(series: u32, code: u32) -> u32 {
  var low = 0u;
  var high = columns.row_count;
  while low < high {
    let middle = (low + high) / 2u;
    let is_before = series_codes[middle] < series || (series_codes[middle] == series && x_codes[middle] < code);
    if is_before {
      low = middle + 1u;
    } else {
      high = middle;
    }
  }
  return low;
}

/// The points of rows [first, end), by the largest nodes that lie inside.
fn points_between(first: u32, end: u32) -> vec4u {
  var points = NO_POINTS;
  var row = first;
  while row < end {
    var level = 0u;
    var rows = 1u;
    while level < columns.level_count && row % (rows * FAN_OUT) == 0u && row + rows * FAN_OUT <= end {
      rows *= FAN_OUT;
      level += 1u;
    }
    if level == 0u {
      points = joined_points(points, points_of_row(row));
    } else {
      points = joined_points(points, nodes[columns.level_starts[level - 1u] + row / rows]);
    }
    row += rows;
  }
  return points;
}

/// Whether a row is there, of that series, and a point.
fn is_point(row: u32, series: u32) -> bool {
  return row < columns.row_count && series_codes[row] == series && y_codes[row] != FIXED_NULL;
}

/// The points of a column, and of an empty one the point before it; NO_POINTS where the line has a gap.
fn points_of_column(column: u32, series: u32) -> vec4u {
  if column == 0u {
    // Row 0 less one is no row.
    let before = row_at(series, edges[0]) - 1u;
    return select(NO_POINTS, vec4u(before), is_point(before, series));
  }
  let first = row_at(series, edges[column - 1u]);
  if column > columns.column_count {
    return select(NO_POINTS, vec4u(first), is_point(first, series));
  }
  let end = row_at(series, edges[column]);
  let points = points_between(first, end);
  let is_empty = first == end && is_point(first - 1u, series);
  return select(points, vec4u(first - 1u), is_empty);
}

fn write_row(place: u32, row: u32, series: u32) {
  let is_gap = row == NO_ROW;
  thin_x[place] = select(x_codes[row], 0u, is_gap);
  thin_y[place] = select(y_codes[row], FIXED_NULL, is_gap);
  thin_series[place] = series;
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn write_columns(@builtin(global_invocation_id) invocation: vec3u) {
  let columns_of_series = columns.column_count + 2u;
  for (var item = invocation.x; item < columns_of_series * columns.series_count; item += columns.invocation_count) {
    let series = item / columns_of_series;
    let column = item % columns_of_series;
    let points = points_of_column(column, series);
    let place = item * ROWS_PER_COLUMN;
    let is_repeated = column > 0u && x_codes[points.x] < edges[column - 1u];
    let is_joined = points.x != NO_ROW && (is_repeated || is_point(points.x - 1u, series));
    write_row(place, select(NO_ROW, points.x, is_joined), series);
    write_row(place + 1u, points.x, series);
    write_row(place + 2u, min(points.y, points.z), series);
    write_row(place + 3u, max(points.y, points.z), series);
    write_row(place + 4u, points.w, series);
  }
}
