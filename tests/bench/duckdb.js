// What `gemba stats` says about a CSV log, as DuckDB says it: node duckdb.js FILE [THREADS]
// Counts; directly-follows edges with exact mean, median, p90 and p95; case durations; variants.
// Events with equal times keep the order of the file.
const { DuckDBInstance } = require('@duckdb/node-api');

const [file, threads = '2'] = process.argv.slice(2);

const statements = [
  `CREATE TEMP TABLE log AS
     SELECT row_number() OVER () AS row, * FROM read_csv('${file.replaceAll("'", "''")}', header = true,
       columns = {'case': 'VARCHAR', 'activity': 'VARCHAR', 'timestamp': 'TIMESTAMPTZ', 'resource': 'VARCHAR'})`,
  `CREATE TEMP TABLE step AS
     SELECT "case", activity, lead(activity) OVER in_case AS target,
            epoch_us(lead("timestamp") OVER in_case) - epoch_us("timestamp") AS taken
     FROM log WINDOW in_case AS (PARTITION BY "case" ORDER BY "timestamp", row)`,
];
const queries = [
  `SELECT count(*), count(DISTINCT "case"), count(DISTINCT resource), min("timestamp"), max("timestamp") FROM log`,
  `SELECT activity, count(*), count(DISTINCT "case") FROM log GROUP BY activity ORDER BY 2 DESC, 1`,
  `SELECT activity, target, count(*), avg(taken), quantile_cont(taken, [0.5, 0.9, 0.95])
     FROM step WHERE target IS NOT NULL GROUP BY activity, target ORDER BY 3 DESC, 1, 2`,
  `SELECT count(*), avg(taken), quantile_cont(taken, [0.5, 0.9, 0.95]), max(taken) FROM
     (SELECT epoch_us(max("timestamp")) - epoch_us(min("timestamp")) AS taken FROM log GROUP BY "case")`,
  `SELECT activities, count(*) FROM
     (SELECT string_agg(activity, ' → ' ORDER BY "timestamp", row) AS activities FROM log GROUP BY "case")
     GROUP BY activities ORDER BY 2 DESC, 1 LIMIT 20`,
];

async function main() {
  const connection = await (await DuckDBInstance.create(':memory:', { threads })).connect();
  await connection.run("SET TimeZone = 'UTC'");
  for (const statement of statements) await connection.run(statement);
  for (const query of queries) {
    const rows = await (await connection.runAndReadAll(query)).getRowsJson();
    for (const row of rows) console.log(JSON.stringify(row));
  }
}

main().catch((error) => {
  console.error(error.message);
  process.exit(3);
});
