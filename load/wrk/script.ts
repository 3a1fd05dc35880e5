import { atOneAddress, expectAlike } from '../../src/load/senseless.ts';
import type { LoadOrder } from '../../src/model/load.ts';

/**
 * The Lua script that has wrk send the order's requests and hold each answer against what is expected. What it counts is what came
 * after the warm-up and within the duration; it writes that as one line of JSON.
 */
export function wrkScript(order: LoadOrder): string {
  const [first] = order.targets;
  if (first === undefined || !atOneAddress(order) || !expectAlike(order))
    throw new Error('wrk takes targets that are alike');
  const { status, bodyBytes, servedBy } = first.expect;
  const requests = order.targets.map(({ host, path, method = 'GET', bodyBytes: length = 0 }) => {
    const close = order.connectionUse === 'fresh' ? ', ["Connection"] = "close"' : '';
    const body = length > 0 ? `string.rep("x", ${length})` : 'nil';
    return `  { ${luaString(method)}, ${luaString(path)}, { ["Host"] = ${luaString(host)}${close} }, ${body} },`;
  });
  return `
local targets = {
${requests.join('\n')}
}
local from, to, patience = ${order.warmUpMs / 1000}, ${(order.warmUpMs + order.durationMs) / 1000}, ${order.timeoutMs / 1000}
local status, length = ${status}, ${bodyBytes ?? 'nil'}
local header, backend = ${servedBy === undefined ? 'nil, nil' : `${luaString(servedBy[0])}, ${luaString(servedBy[1])}`}
local address, port = ${luaString(first.address)}, ${luaString(String(first.port))}
${program}`;
}

const luaString = (text: string): string =>
  `"${[...Buffer.from(text)].map((byte) => `\\${String(byte).padStart(3, '0')}`).join('')}"`;

const program = `
local ffi = require("ffi")
ffi.cdef("typedef struct { long s; long ns; } assay_time; int clock_gettime(int, assay_time *);")
local time = ffi.new("assay_time")
local realtime, monotonic = 0, 1
local function now(clock)
  ffi.C.clock_gettime(clock or monotonic, time)
  return tonumber(time.s) + tonumber(time.ns) / 1e9
end

-- wrk would look up the host: it is the address that is to be asked. As wrk itself does, one that takes no connection is none.
function wrk.resolve()
  wrk.addrs = {}
  for _, found in ipairs(wrk.lookup(address, port)) do
    if wrk.connect(found) then table.insert(wrk.addrs, found) end
  end
  return #wrk.addrs > 0
end

local threads = {}
local started, startedAt = now(), now(realtime)
function setup(thread)
  table.insert(threads, thread)
  thread:set("started", started)
  thread:set("index", #threads)
end

sent, all, last, right, other, four, five, short, foreign, closed = 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
rightBySecond, wrongBySecond = {}, {}
local requests, turn = {}, 0

function init()
  for number, target in ipairs(targets) do requests[number] = wrk.format(unpack(target)) end
  turn = index - 1
end

function request()
  sent = sent + 1
  turn = turn + 1
  return requests[turn % #requests + 1]
end

local spelling = header
local function named(headers)
  local value = headers[spelling]
  if value ~= nil then return value end
  for name, other in pairs(headers) do
    if name:lower() == header then
      spelling = name
      return other
    end
  end
end

local function closes(headers)
  for name, value in pairs(headers) do
    if #name == 10 and name:lower() == "connection" then return value:lower() == "close" end
  end
  return false
end

function response(code, headers, body)
  all = all + 1
  last = now() - started
  if last < from or last >= to then return end
  if closes(headers) then closed = closed + 1 end
  local second = math.floor(last - from) + 1
  if code == status and (length == nil or #body == length) and (header == nil or named(headers) == backend) then
    right = right + 1
    rightBySecond[second] = (rightBySecond[second] or 0) + 1
    return
  end
  wrongBySecond[second] = (wrongBySecond[second] or 0) + 1
  if code ~= status then
    if code >= 500 then five = five + 1 elseif code >= 400 then four = four + 1 else other = other + 1 end
  elseif length ~= nil and #body ~= length then short = short + 1
  else foreign = foreign + 1 end
end

local function total(name)
  local sum = 0
  for _, thread in ipairs(threads) do sum = sum + thread:get(name) end
  return sum
end

local function bySecond(name)
  local sums = {}
  for second = 1, math.ceil(to - from) do
    local sum = 0
    for _, thread in ipairs(threads) do sum = sum + (thread:get(name)[second] or 0) end
    sums[second] = string.format("%d", sum)
  end
  return "[" .. table.concat(sums, ",") .. "]"
end

function done(summary)
  local fields = {}
  local function tell(name, value) table.insert(fields, string.format('"%s":%s', name, value)) end
  for _, name in ipairs({ "sent", "all", "right", "other", "four", "five", "short", "foreign", "closed" }) do
    tell(name, string.format("%d", total(name)))
  end
  local silent = 0
  for _, thread in ipairs(threads) do
    if to - thread:get("last") >= patience then silent = silent + 1 end
  end
  tell("silentThreads", silent)
  tell("measuredFromMs", string.format("%.3f", (startedAt + from) * 1000))
  tell("bytes", string.format("%d", summary.bytes))
  tell("connect", summary.errors.connect)
  tell("broken", summary.errors.read + summary.errors.write)
  tell("rightBySecond", bySecond("rightBySecond"))
  tell("wrongBySecond", bySecond("wrongBySecond"))
  io.write("assay {" .. table.concat(fields, ",") .. "}\\n")
end
`;
