import { DuckDBInstance } from '@duckdb/node-api';

const [databaseFile = ':memory:', sql = 'SELECT 1'] = process.argv.slice(2);
const startedMs = performance.now();
const instance = await DuckDBInstance.create(databaseFile);
const connection = await instance.connect();
const result = await connection.runAndReadAll(sql);
result.getRowsJson();
console.log(performance.now() - startedMs);
