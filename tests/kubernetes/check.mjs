// Reads manifests as a JSON array, prints what is wrong with each as a JSON array of arrays. The schemas'
// own validators judge types, required fields and values; they pass over a field that they do not know, so
// each manifest is handed to them in a wrapping that notes which fields they asked for.
import {readFileSync} from 'node:fs';

const others = {'monitoring.coreos.com': '@kubernetes-models/prometheus-operator'};

async function modelOf({apiVersion, kind}) {
  const package_ = others[apiVersion.split('/')[0]] ?? 'kubernetes-models';
  return (await import(`${package_}/${apiVersion}/${kind}`))[kind];
}

// The value, wrapped, and a function that names what nobody has asked for in it since.
function watched(value, path) {
  if (value === null || typeof value !== 'object') return [value, () => []];
  const below = new Map(Object.keys(value).map(key => [key, watched(value[key], `${path}/${key}`)]));
  const asked = new Set();
  const proxy = new Proxy(value, {
    get(target, key) {
      if (!below.has(key)) return target[key];
      asked.add(key);
      return below.get(key)[0];
    },
  });
  const unknown = () => [...below].flatMap(([key, [, deeper]]) => asked.has(key) ? deeper() : [`${path}/${key} is unknown`]);
  return [proxy, unknown];
}

async function problems(manifest) {
  const [proxy, unknown] = watched(manifest, '');
  try {
    (await modelOf(manifest)).prototype.validate.call(proxy);
  } catch (error) {
    return [error.message];
  }
  return unknown();
}

const manifests = JSON.parse(readFileSync(0, 'utf8'));
console.log(JSON.stringify(await Promise.all(manifests.map(problems))));
