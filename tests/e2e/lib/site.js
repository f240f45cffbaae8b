// Somebody else's web site, on an origin of its own: pages by path, each {html, headers}.
import { createServer } from 'node:http';

export async function startSite(pages) {
  const server = createServer((request, response) => {
    const page = pages[new URL(request.url, 'http://site').pathname];
    if (!page) return response.writeHead(404).end();
    return response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...page.headers }).end(page.html);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    pages,
    close: () => new Promise((closed) => {
      server.close(closed);
      server.closeAllConnections();
    }),
  };
}

export const widgetLine = (server, demo, more = '') =>
  `<script src="${server.url}/widget.js" data-token="${demo.support_token}" data-inbox="${demo.inbox_id}" ${more} async></script>`;
