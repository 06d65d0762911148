-- What `wrk` sends and counts for `python -m benchmarks.load`: each line of a file is the path and
-- the Accept of a request, and a tag that the client has, if any. A star at the end of a path stands
-- for a number that was not there before.

local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  requests, counts, number = {}, {}, 0
  for line in io.lines(args[1]) do
    local path, accept, tag = line:match("^(.-)\t(.-)\t(.*)$")
    local headers = { ["Accept"] = accept, ["Accept-Encoding"] = "gzip" }
    if tag ~= "" then
      headers["If-None-Match"] = tag
    end
    table.insert(requests, { path, headers })
  end
  math.randomseed(os.time())
end

function request()
  local path, headers = unpack(requests[math.random(#requests)])
  number = number + 1
  return wrk.format("GET", path:gsub("%*$", number), headers)
end

function response(status)
  counts[status] = (counts[status] or 0) + 1
end

function done(summary, latency)
  local total = {}
  for _, thread in ipairs(threads) do
    for status, count in pairs(thread:get("counts")) do
      total[status] = (total[status] or 0) + count
    end
  end
  local errors = summary.errors
  total["broken"] = errors.connect + errors.read + errors.write + errors.timeout
  local statuses = {}
  for status, count in pairs(total) do
    table.insert(statuses, string.format('"%s": %d', status, count))
  end
  io.stderr:write(
    string.format(
      '{"p50": %d, "p99": %d, "seconds": %.3f, "statuses": {%s}}\n',
      latency:percentile(50),
      latency:percentile(99),
      summary.duration / 1e6,
      table.concat(statuses, ", ")
    )
  )
end
