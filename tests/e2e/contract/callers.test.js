// Every call of docs/openapi.yaml by every kind of caller. A row says who may, by the status that each is answered with; a
// call that has no row fails a test. Whoever is refused has changed nothing, and whoever may not know of the room, and is
// not refused, is told nothing of it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { assertTellsNoSecret, Callers, kinds, stateOf, StudentScene } from '../lib/callers.js';
import { operations } from '../lib/document.js';
import { makeRequest, send } from '../lib/example_world.js';
import { startServer } from '../lib/server.js';

let server;
let callers;
before(async () => {
  const started = await startServer();
  server = started.server;
  callers = await Callers.gather(server, started.demo);
});
after(() => server?.close());

// The columns are lib/callers.js's kinds:
//   nobody, visitor, another visitor, visitor of another account, student,
//   assignee, colleague, member while nobody is assigned, agent of another inbox, admin, admin of another account,
//   integration, another student, member of the student inbox
const everybody = row(200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200);
const theTeam = row(401, 401, 401, 401, 403, 200, 200, 200, 200, 200, 200, 401, 403, 200);
const whoMayEnterTheRoom = row(401, 401, 401, 401, 403, 200, 403, 200, 403, 200, 404, 401, 403, 403);
const theAccount = row(401, 401, 401, 401, 403, 200, 200, 200, 200, 200, 404, 401, 403, 200);
const membersOfTheInbox = row(401, 401, 401, 401, 403, 200, 200, 200, 403, 200, 404, 401, 403, 403);
const admins = row(401, 401, 401, 401, 403, 403, 403, 403, 403, 200, 200, 401, 403, 403);
const adminsOfTheAccount = row(401, 401, 401, 401, 403, 403, 403, 403, 403, 200, 404, 401, 403, 403);
const visitors = row(401, 200, 200, 200, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401);
const theVisitor = row(401, 200, 403, 404, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401);
const visitorsOfTheAccount = row(401, 200, 200, 404, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401);
const teamAndVisitors = row(401, 200, 200, 200, 403, 200, 200, 200, 200, 200, 200, 401, 403, 200);
const integrations = row(401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 200, 401, 401);
// The demo's agent is a member of the student inbox, too.
const aStudent = row(401, 401, 401, 401, 200, 403, 403, 403, 403, 403, 403, 401, 200, 403);
const studentsTeam = row(401, 401, 401, 401, 403, 200, 403, 403, 403, 200, 200, 401, 403, 200);
const studentsTeamOfTheAccount = row(401, 401, 401, 401, 403, 200, 403, 403, 403, 200, 404, 401, 403, 200);
const ofTheChat = row(401, 401, 401, 401, 200, 200, 403, 403, 403, 200, 404, 401, 403, 200);
const studentsAndTheirTeam = row(401, 401, 401, 401, 200, 200, 403, 403, 403, 200, 200, 401, 200, 200);
// A ticket of the visitor's, in which the visitor, the assignee and the colleague are. The first write of another account's
// agent makes a ticket of theirs.
const ofTheTicket = row(401, 200, 403, 403, 403, 200, 200, 200, 200, 200, 404, 401, 403, 200);
const whoIsInTheTicket = row(401, 200, 403, 403, 403, 200, 200, 200, 409, 409, 404, 401, 403, 409);
const ofTheTicketOrTheirs = row(401, 200, 403, 403, 403, 200, 200, 200, 200, 200, 200, 401, 403, 200);
const teamAtTheTicket = row(401, 403, 403, 403, 403, 200, 200, 200, 200, 200, 404, 401, 403, 200);
const teamAtTheirTicket = row(401, 403, 403, 403, 403, 200, 200, 200, 200, 200, 200, 401, 403, 200);

const v2 = '/api/conversation-v2/support';
const table = {
  'POST /api/auth/login': everybody,
  'POST /api/auth/invitation': everybody,
  [`POST ${v2}/session`]: visitors,
  [`PATCH ${v2}/session`]: visitors,
  [`DELETE ${v2}/session`]: visitors,
  [`GET ${v2}/room`]: theTeam,
  [`PATCH ${v2}/room`]: whoMayEnterTheRoom,
  [`PATCH ${v2}/room/status`]: whoMayEnterTheRoom,
  [`PATCH ${v2}/room/assignee`]: whoMayEnterTheRoom,
  [`GET ${v2}/room/id`]: theTeam,
  [`GET ${v2}/room/{room_id}`]: whoMayEnterTheRoom,
  [`POST ${v2}/room/internal`]: membersOfTheInbox,
  [`POST ${v2}/room/bulk`]: whoMayEnterTheRoom,
  [`POST ${v2}/room/{room_id}/favorite`]: whoMayEnterTheRoom,
  [`POST ${v2}/room/{room_id}/snooze`]: whoMayEnterTheRoom,
  [`GET ${v2}/message`]: whoMayEnterTheRoom,
  [`POST ${v2}/message`]: whoMayEnterTheRoom,
  [`GET ${v2}/user/room`]: visitors,
  [`POST ${v2}/user/room`]: visitorsOfTheAccount,
  [`GET ${v2}/user/message`]: theVisitor,
  [`POST ${v2}/user/message`]: theVisitor,
  [`GET ${v2}/user/widget`]: visitorsOfTheAccount,
  [`POST ${v2}/user/attachment`]: visitors,
  [`POST ${v2}/attachment`]: theTeam,
  [`GET ${v2}/sync`]: teamAndVisitors,
  [`GET ${v2}/widget`]: theTeam,
  [`GET ${v2}/stats`]: theTeam,
  [`GET ${v2}/conversation/{conv_id}`]: theAccount,
  [`GET ${v2}/contact/{contact_id}`]: theAccount,
  [`PATCH ${v2}/contact/{contact_id}`]: theAccount,
  [`GET ${v2}/contact/{contact_id}/rooms`]: theAccount,
  [`GET ${v2}/agent`]: theTeam,
  [`PATCH ${v2}/agent/availability`]: theTeam,
  [`POST ${v2}/agent`]: admins,
  [`PATCH ${v2}/agent/{id}`]: adminsOfTheAccount,
  [`POST ${v2}/agent/{id}/invitation`]: adminsOfTheAccount,
  [`GET ${v2}/inbox`]: theTeam,
  [`GET ${v2}/inbox/{id}`]: theAccount,
  [`POST ${v2}/inbox`]: admins,
  [`PATCH ${v2}/inbox/{id}`]: adminsOfTheAccount,
  [`GET ${v2}/token`]: theTeam,
  [`POST ${v2}/token`]: admins,
  [`DELETE ${v2}/token/{id}`]: adminsOfTheAccount,
  [`GET ${v2}/canned`]: theTeam,
  [`POST ${v2}/canned`]: admins,
  [`PATCH ${v2}/canned/{id}`]: adminsOfTheAccount,
  [`DELETE ${v2}/canned/{id}`]: adminsOfTheAccount,
  [`GET ${v2}/account`]: theTeam,
  [`PATCH ${v2}/account`]: admins,
  [`GET ${v2}/integration`]: theTeam,
  [`POST ${v2}/integration`]: admins,
  [`DELETE ${v2}/integration/{id}`]: adminsOfTheAccount,
  [`GET ${v2}/audit`]: admins,

  'GET /api/support/chat': aStudent,
  'GET /api/support/chats': studentsTeam,
  'GET /api/support/chats/{chat_id}/messages': ofTheChat,
  'POST /api/support/chats/{chat_id}/assign': studentsTeamOfTheAccount,
  'PATCH /api/support/chats/{chat_id}/status': studentsTeamOfTheAccount,
  'POST /api/support/messages': ofTheChat,
  'POST /api/support/messages/media': ofTheChat,
  'POST /api/support/messages/audio': ofTheChat,
  'GET /api/support/unread-count': aStudent,
  'GET /api/support/notifications': studentsTeam,
  'GET /api/support/faq': studentsAndTheirTeam,
  'POST /api/support/faq': studentsTeam,
  'GET /api/support/faq/admin': studentsTeam,
  'POST /api/support/faq/test-match': studentsTeam,
  'PUT /api/support/faq/{id}': studentsTeamOfTheAccount,
  'DELETE /api/support/faq/{id}': studentsTeamOfTheAccount,
  'GET /api/support/bot/stats': studentsTeam,
  'GET /api/support/bot/intents': studentsTeam,
  'PUT /api/support/bot/intents': studentsTeam,
  'POST /api/support/bot/test': studentsTeam,

  'POST /api/room/createRoom': integrations,
  'POST /api/room/fetchRoomByUserAgent': integrations,
  'POST /api/room/fetchRoomByVendor': integrations,
  'POST /api/room/fetchRoomByUserId': integrations,
  'POST /api/room/fetchRoomByClient': integrations,
  'POST /api/room/fetchAllRoom': integrations,
  'POST /api/room/fetchRoomByUserIdUserToUser': integrations,
  'POST /api/chat/joinRoom': integrations,
  'POST /api/chat/sendMessage': integrations,
  'POST /api/chat/sendMessageJoin': integrations,
  'GET /api/chat/{room_id}': integrations,
  'GET /api/chat/getRoomUser/{room_id}': integrations,

  'GET /support/{ticketId}': ofTheTicket,
  'POST /support/{ticketId}/metadata': teamAtTheirTicket,
  'POST /support/{ticketId}/join': ofTheTicketOrTheirs,
  'POST /support/{ticketId}/typing': whoIsInTheTicket,
  'GET /support/{ticketId}/members': ofTheTicket,
  'POST /support/{ticketId}/leave': ofTheTicket,
  'POST /support/{ticketId}/messages': ofTheTicketOrTheirs,
  'GET /support/{ticketId}/history': ofTheTicket,
  'GET /support/{ticketId}/snapshots': teamAtTheTicket,
  'POST /support/{ticketId}/snapshots': teamAtTheTicket,
  'POST /support/{ticketId}/close': teamAtTheTicket,

  'GET /attachment/{key}': everybody,
  'GET /attachment/{key}/thumbnail': everybody,
  'GET /health': everybody,
  'GET /metrics': everybody,
};

function row(...statuses) {
  assert.equal(statuses.length, kinds.length);
  return Object.fromEntries(kinds.map((kind, column) => [kind, statuses[column]]));
}

test('every documented call has a row, and no other', () => {
  assert.deepEqual(Object.keys(table).sort(), operations.map(({ name }) => name).sort());
});

async function requestOf(operation, scene) {
  if (operation.details['x-dialect'] === 'student') return (await StudentScene.open(callers)).request(operation);
  const [one] = operation.details['x-needs-one-of-its-parameters'] ? operation.in('query').filter(({ name }) => name.endsWith('_id')) : [];
  const made = await makeRequest(scene, operation, one && { query: { [one.name]: one.example } });
  delete made.request.body?._uniqueId;  // each is a call of its own
  return made;
}

// A call for many rooms answers 200 whatever became of each.
const statusOf = (operation, answer) =>
  (operation.details['x-answers-for-each'] && answer.status === 200 ? answer.body.data[0].code : answer.status);

async function checkCall(operation, kind) {
  const scene = await callers.scene();
  const request = await requestOf(operation, scene);
  if (kind === 'a member while nobody is assigned') await callers.unassign(scene);
  const caller = await callers.as(kind, scene);
  const before = await stateOf(callers, scene);
  const answer = await send(caller, request);
  operation.check(answer, kind);
  const status = statusOf(operation, answer);
  const expected = table[operation.name][kind];
  assert.equal(status === 201 ? 200 : status, expected, `${operation.name}, ${kind}: ${answer.text.slice(0, 500)}`);
  if (expected !== 200) assert.deepEqual(await stateOf(callers, scene), before, `${kind}, refused, changed something`);
  assertTellsNoSecret(operation, kind, answer, await scene.get('visitor'), before);
}

for (const operation of operations) {
  test(`${operation.name}, by each kind of caller`, async () => {
    const together = operation.details['x-dialect'] !== 'student';  // its scenes share the student's one chat
    const checks = [];
    for (const kind of kinds) {
      checks.push(checkCall(operation, kind));
      if (!together) await checks.at(-1);
    }
    await Promise.all(checks);
  });
}
