// What Grafana does to frames before a panel gets them: transformations, then the panel's field settings.
import {
  applyFieldOverrides,
  FieldConfigOptionsRegistry,
  identityOverrideProcessor,
  standardTransformers,
  standardTransformersRegistry,
  transformDataFrame,
} from "@grafana/data";
import { firstValueFrom } from "rxjs";

const { mergeTransformer, organizeFieldsTransformer } = standardTransformers;
export const transformations = ["merge", "organize"];

standardTransformersRegistry.setInit(() =>
  [mergeTransformer, organizeFieldsTransformer].map((transformation) => ({
    id: transformation.id,
    name: transformation.name,
    transformation,
    editor: () => null,
  })),
);

const standard = ["unit", "min", "max", "decimals", "displayName", "color", "thresholds", "mappings", "noValue", "links"];
const custom = ["fillOpacity", "lineWidth", "showPoints", "stacking", "thresholdsStyle", "cellOptions", "minWidth"];
const option = (path, is_custom) => ({
  id: is_custom ? `custom.${path}` : path,
  path,
  isCustom: is_custom,
  name: path,
  override: () => null,
  editor: () => null,
  process: identityOverrideProcessor,
  shouldApply: () => true,
});
const registry = new FieldConfigOptionsRegistry(() => [
  ...standard.map((path) => option(path, false)),
  ...custom.map((path) => option(path, true)),
]);

export const plain = (text) => text; // every variable has been replaced before the query

// As Grafana does for a panel that names none.
const usual_thresholds = { mode: "absolute", steps: [{ color: "green", value: null }, { color: "red", value: 80 }] };

export function with_defaults({ defaults, overrides }) {
  return { defaults: { thresholds: usual_thresholds, color: { mode: "thresholds" }, ...defaults }, overrides };
}

export async function prepared(panel, frames, theme, timeZone) {
  const data = await firstValueFrom(transformDataFrame(panel.transformations ?? [], frames, { interpolate: plain }));
  return applyFieldOverrides({
    data,
    fieldConfig: with_defaults(panel.fieldConfig),
    fieldConfigRegistry: registry,
    replaceVariables: plain,
    theme,
    timeZone,
  });
}
