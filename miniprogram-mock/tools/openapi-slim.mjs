// Cuts an OpenAPI document down to what the types of the mini program's client need. Pure: the same document always gives the same answer.

const left = ['/api/v1/admin/', '/api/v1/review/', '/api/v1/staff/', '/api/v1/uploads', '/api/v1/letters/', '/api/v1/face-checks/return', '/health/', '/wechat/'];
const methods = ['get', 'post', 'put', 'delete'];
// The client sends these itself.
const ownHeaders = ['Accept-Language', 'If-Match', 'If-None-Match', 'Idempotency-Key'];
const longestNote = 160;

function shortNote(text) {
  const first = text.split(/(?<=[.。;；])\s/)[0];
  return first.length <= longestNote ? first : `${first.slice(0, longestNote - 1)}…`;
}

/** Without examples and long descriptions, at any depth; names of properties are not keywords. */
function withoutNoise(value, isNames = false) {
  if (Array.isArray(value)) {
    return value.map((item) => withoutNoise(item));
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }

  const kept = Object.entries(value).filter(([key, item]) => isNames || !['example', 'examples'].includes(key) && !(key === 'format' && item === 'int32'));
  return Object.fromEntries(kept.map(([key, item]) => {
    const isNote = !isNames && key === 'description' && typeof item === 'string';
    return [key, isNote ? shortNote(item) : withoutNoise(item, !isNames && ['properties', 'schemas', 'paths'].includes(key))];
  }));
}

/** Every refusal is a ProblemView, and headers are the client's business: only the good answers differ. */
function slimResponses(responses) {
  return Object.fromEntries(Object.entries(responses)
    .filter(([status]) => status.startsWith('2'))
    .map(([status, { headers: _, ...response }]) => [status, response]));
}

function slimOperation({ summary, operationId, parameters = [], requestBody, responses }) {
  const kept = parameters.filter((parameter) => parameter.in !== 'header' || !ownHeaders.includes(parameter.name));
  return { summary, operationId, ...(kept.length > 0 && { parameters: kept }), ...(requestBody && { requestBody }), responses: slimResponses(responses) };
}

function slimPaths(paths) {
  return Object.fromEntries(Object.entries(paths)
    .filter(([path]) => !left.some((prefix) => path.startsWith(prefix)))
    .map(([path, item]) => [path, Object.fromEntries(methods.filter((method) => item[method]).map((method) => [method, slimOperation(item[method])]))]));
}

/** The schemas that can be reached from the paths, and the refusal. */
function reachable(paths, schemas) {
  const names = new Set(['ProblemView']);
  const collect = (value) => {
    for (const [, name] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      names.add(name);
    }
  };

  collect(paths);
  // A set gives what is added while it is walked, too.
  for (const name of names) {
    collect(schemas[name]);
  }

  return Object.fromEntries(Object.entries(schemas).filter(([name]) => names.has(name)));
}

export function slim(document) {
  const { openapi, info, paths, components } = withoutNoise(document);
  const kept = slimPaths(paths);
  return { openapi, info: { title: info.title, version: info.version }, paths: kept, components: { schemas: reachable(kept, components.schemas) } };
}
