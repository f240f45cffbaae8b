// The API's documents as the content of one page: html of the list of contents and of the sections.
import { code, html, line, prose } from './html.mjs';
import { Schemas } from './schema.mjs';

const methods = ['get', 'post', 'put', 'patch', 'delete'];

export function renderDocs(openapi, asyncapi) {
  const schemas = new Schemas({ 'openapi.yaml': openapi, 'asyncapi.yaml': asyncapi });
  const calls = Object.entries(openapi.paths).flatMap(([path, item]) =>
    methods.filter((method) => item[method]).map((method) => ({ path, method, ...item[method] })));
  const groups = openapi.tags.map((tag) => ({ ...tag, calls: calls.filter((call) => call.tags[0] === tag.name) }));
  const events = eventGroups(asyncapi, schemas);
  return { contents: contents(groups, events).text, sections: sections(openapi, asyncapi, groups, events, schemas).text };
}

const idOf = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, '-');

function contents(groups, events) {
  return html`
    <a href="#begin">Begin here</a>
    ${groups.map((group) => html`<h2>${group.name}</h2>${group.calls.map((call) =>
      html`<a href="#${call.operationId}"><span class="verb ${call.method}">${call.method}</span> <span>${call.summary}</span></a>`)}`)}
    <h2>Live events</h2>
    <a href="#events">Connecting</a>
    ${events.flatMap((group) => group.messages.map(({ id, message }) =>
      html`<a href="#${id}"><span class="verb ${group.action}">${group.action === 'send' ? 'on' : 'emit'}</span> <span>${message.name}<small> ${group.people}</small></span></a>`))}`;
}

function sections(openapi, asyncapi, groups, events, schemas) {
  return html`
    <section id="begin" class="intro">
      <h1>${openapi.info.title} API</h1>
      <p class="lead">${openapi.info.summary}</p>
      ${prose(openapi.info.description)}
      <h2>Who is calling</h2>
      <dl class="pairs">${Object.values(openapi.components.securitySchemes).map((scheme) =>
        html`<div><dt><code>${scheme.name ?? 'Authorization: Bearer'}</code></dt><dd>${line(scheme.description)}</dd></div>`)}</dl>
      <h2>Files for tools</h2>
      <p class="files"><a class="button" href="/docs/openapi.yaml" download>openapi.yaml</a> <a class="button" href="/docs/asyncapi.yaml" download>asyncapi.yaml</a></p>
    </section>
    <div id="calls">${groups.map((group) => html`
      <section class="chapter" id="group-${idOf(group.name)}"><h2>${group.name}</h2>${prose(group.description)}</section>
      ${group.calls.map((call) => renderCall(call, openapi, schemas))}`)}</div>
    <section class="chapter" id="events"><h2>Live events</h2>${prose(asyncapi.info.description)}</section>
    ${events.flatMap((group) => group.messages.map((entry) => renderEvent(entry, group, schemas)))}`;
}

function callers(call) {
  const ways = (call.security ?? []).flatMap(Object.keys);
  const who = [];
  if (ways.includes('agentToken')) who.push(call['x-role'] === 'admin' ? 'Admins' : 'Agents');
  if (ways.includes('supportSession')) who.push('Visitors');
  else if (ways.includes('supportToken')) who.push('Web sites');
  return who.length > 0 ? who : ['Anybody'];
}

function renderCall(call, openapi, schemas) {
  const of = (value) => schemas.resolve(value, 'openapi.yaml').schema;
  const parameters = (call.parameters ?? []).map(of);
  const body = call.requestBody?.content ?? {};
  const [bodyType] = Object.keys(body);
  const responses = Object.entries(call.responses).map(([status, response]) => ({ status, ...of(response) }));
  const done = responses.find(({ status }) => status.startsWith('2'));
  const doneContent = Object.values(done?.content ?? {})[0];
  return html`
    <section class="call" id="${call.operationId}">
      <header>
        <p class="address"><span class="verb ${call.method}">${call.method}</span> <code>${broken(call.path)}</code></p>
        <h3><a href="#${call.operationId}">${call.summary}</a></h3>
        <p class="who">${callers(call).map((who) => html`<span class="chip">${who}</span> `)}</p>
      </header>
      <div class="columns">
        <div class="words">
          ${prose(call.description)}
          ${['path', 'query', 'header'].map((place) => renderParameters(parameters.filter((parameter) => parameter.in === place), place, schemas))}
          ${bodyType ? html`<h4>Body <small>${bodyType}</small></h4>${schemas.fields(body[bodyType].schema, 'openapi.yaml')}` : ''}
          <h4>Answer</h4>
          <p class="meaning">${line(done?.description)}</p>
          ${doneContent?.schema ? html`<details><summary>Its fields</summary>${schemas.fields(doneContent.schema, 'openapi.yaml')}</details>` : ''}
          ${renderErrors(responses.filter(({ status }) => !status.startsWith('2')))}
        </div>
        <div class="examples">
          ${renderRequests(call, parameters, body[bodyType], bodyType)}
          ${doneContent?.example !== undefined ? html`<h4>Answer <small>${done.status}</small></h4>${code(doneContent.example)}` : ''}
        </div>
      </div>
    </section>`;
}

// An address may break after each slash.
const broken = (path) => path.split('/').map((part, index) => html`${index ? html`/<wbr>` : ''}${part}`);

function renderParameters(parameters, place, schemas) {
  if (parameters.length === 0) return '';
  const titles = { path: 'In the path', query: 'In the query', header: 'Headers' };
  const fields = {
    properties: Object.fromEntries(parameters.map(({ name, schema, description, style }) => [name, {
      ...schemas.resolve(schema, 'openapi.yaml').schema, ...(description ? { description } : {}), ...(style ? { style } : {}),
    }])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  };
  return html`<h4>${titles[place]}</h4>${schemas.fields(fields, 'openapi.yaml')}`;
}

function renderErrors(errors) {
  if (errors.length === 0) return '';
  return html`<h4>Otherwise</h4><dl class="pairs errors">${errors.map(({ status, description }) =>
    html`<div><dt><code>${status}</code></dt><dd>${line(description)}</dd></div>`)}</dl>`;
}

function renderRequests(call, parameters, content, type) {
  const examples = Object.values(content?.examples ?? {});
  if (examples.length === 0) {
    const query = parameters.filter((parameter) => parameter.in === 'query' && (parameter.required || parameter.example !== undefined));
    const shown = query.filter(({ required }) => required);
    const asked = (shown.length > 0 ? shown : query.slice(0, 1)).flatMap(({ name, example, style }) =>
      (style === 'deepObject' ? Object.entries(example).slice(0, 1).map(([part, value]) => `${name}[${part}]=${value}`) : [`${name}=${example}`]));
    const path = call.path.replace(/\{([^}]+)\}/g, (all, name) => parameters.find((parameter) => parameter.name === name)?.example ?? all);
    return html`<h4>Request</h4>${code(`${call.method.toUpperCase()} ${path}${asked.length > 0 ? `\n  ?${asked.join('\n  &')}` : ''}`)}`;
  }
  const good = examples.filter((example) => (example['x-answer'] ?? 200) === 200);
  const bad = examples.filter((example) => !good.includes(example));
  const shown = (example) => (type === 'application/json' ? code(example.value) : code(Object.entries(example.value).map(([name, value]) => `${name}: ${value}`).join('\n')));
  return html`
    <h4>Request <small>${good[0].summary ?? ''}</small></h4>${shown(good[0])}
    ${good.slice(1).map((example) => html`<details><summary>${example.summary}</summary>${shown(example)}</details>`)}
    ${bad.map((example) => html`<details><summary>${example.summary} <small>${example['x-answer']}</small></summary>${shown(example)}</details>`)}`;
}

function eventGroups(asyncapi, schemas) {
  const follow = (ref) => {
    const { value } = schemas.follow(ref, 'asyncapi.yaml');
    return value.$ref ? follow(value.$ref) : value;
  };
  return Object.values(asyncapi.operations).map(({ action, title, channel, messages }) => {
    const people = channel.$ref.split('/').at(-1);
    return {
      action, title, people,
      messages: messages.map(({ $ref }) => follow($ref)).map((message) => ({ id: `${action === 'send' ? 'on' : 'emit'}-${people}-${message.name.replaceAll(':', '-')}`, message })),
    };
  });
}

function renderEvent({ id, message }, group, schemas) {
  const acknowledged = message['x-acknowledgement'];
  return html`
    <section class="call" id="${id}">
      <header>
        <p class="address"><span class="verb ${group.action}">${group.action === 'send' ? 'on' : 'emit'}</span> <code>${message.name}</code></p>
        <h3><a href="#${id}">${message.title}</a></h3>
        <p class="who"><span class="chip">${group.people === 'agents' ? 'Agents' : 'Visitors'}</span></p>
      </header>
      <div class="columns">
        <div class="words">
          ${prose(message.summary)}
          <h4>Argument</h4>
          ${schemas.fields(message.payload, 'asyncapi.yaml')}
          ${acknowledged ? html`<h4>Acknowledgement</h4><p class="meaning"><code>{"success": true}</code>, or <code>success</code> false with <code>error</code> and <code>message</code>.</p>` : ''}
        </div>
        <div class="examples">${message.examples.map((example) => html`<h4>Example <small>${example.summary ?? example.name}</small></h4>${code(example.payload)}`)}</div>
      </div>
    </section>`;
}
