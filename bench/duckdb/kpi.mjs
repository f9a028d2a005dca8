// The same question as `evenhand kpi --log FILE --by queue,day`, put to DuckDB: offered, answered, abandoned,
// service level (20 s, of all offered) and average speed of answer by queue and day of entering.
import { DuckDBInstance } from "@duckdb/node-api";

const [file, threads = "1"] = process.argv.slice(2);
if (!file) {
  console.error("usage: node kpi.mjs QUEUE_LOG [THREADS]");
  process.exit(2);
}
const db = await DuckDBInstance.create(":memory:", { threads });
const connection = await db.connect();
const answer = await connection.runAndReadAll(`
  WITH line AS (
    SELECT * FROM read_csv($file, delim = '|', header = false, quote = '', escape = '', null_padding = true, auto_detect = false, parallel = ${threads !== "1"},
      columns = { epoch: 'BIGINT', callid: 'VARCHAR', queue: 'VARCHAR', member: 'VARCHAR', event: 'VARCHAR', p1: 'VARCHAR', p2: 'VARCHAR', p3: 'VARCHAR' })
  ),
  visit AS (
    SELECT callid, queue,
      min(epoch) FILTER (WHERE event = 'ENTERQUEUE') AS entered,
      min(CAST(p1 AS INTEGER)) FILTER (WHERE event = 'CONNECT') AS wait,
      bool_or(event = 'ABANDON') AS abandoned
    FROM line WHERE event IN ('ENTERQUEUE', 'CONNECT', 'ABANDON') GROUP BY callid, queue
  )
  SELECT queue, CAST(to_timestamp(entered) AT TIME ZONE 'UTC' AS DATE) AS day, count(*) AS offered, count(wait) AS answered, count(*) FILTER (WHERE abandoned) AS abandoned,
    count(*) FILTER (WHERE wait <= 20) / count(*) AS SL, sum(wait) / count(wait) AS ASA
  FROM visit GROUP BY ALL ORDER BY ALL`, { file });
const rows = answer.getRowObjectsJson();
console.log(JSON.stringify({ rows }));
