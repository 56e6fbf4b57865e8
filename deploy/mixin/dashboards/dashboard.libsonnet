// A dashboard out of sections, sections out of lines, lines out of panels. Panels get their place and
// id here: a line shares the width of 24 evenly, but for panels that ask for `columns`.
local variables = import 'variables.libsonnet';

local sum(numbers) = std.foldl(function(a, b) a + b, numbers, 0);

local placed(line, y) =
  local asked = [panel.columns for panel in line.panels if std.objectHasAll(panel, 'columns')];
  local rest = std.length(line.panels) - std.length(asked);
  local width(panel) = if std.objectHasAll(panel, 'columns') then panel.columns
  else std.floor((24 - sum(asked)) / rest);
  local widths = [width(panel) for panel in line.panels];
  std.mapWithIndex(
    function(i, panel) panel { gridPos: { x: sum(widths[:i]), y: y, w: widths[i], h: line.height } },
    line.panels
  );

local heading(title) = { height: 1, panels: [{ type: 'row', title: title, collapsed: false, panels: [] }] };

local panels(sections) =
  local lines = std.flattenArrays([[heading(section.title)] + section.lines for section in sections]);
  local below = std.foldl(
    function(done, line) { y: done.y + line.height, panels: done.panels + placed(line, done.y) },
    lines,
    { y: 0, panels: [] }
  );
  std.mapWithIndex(function(i, panel) panel { id: i + 1 }, below.panels);

function(config) function(board) {
  uid: 'gamelift-streams-' + board.name,
  title: 'GameLift Streams / ' + board.title,
  description: board.description,
  tags: config.dashboardTags,
  editable: true,
  graphTooltip: 1,
  refresh: config.dashboardRefresh,
  schemaVersion: 39,
  time: { from: 'now-6h', to: 'now' },
  timezone: 'browser',
  links: [{
    type: 'dashboards',
    title: 'GameLift Streams',
    tags: config.dashboardTags,
    asDropdown: false,
    includeVars: true,
    keepTime: true,
  }],
  templating: { list: variables(board.hidden) },
  panels: panels(board.sections),
}
