import { writeFile } from 'node:fs/promises';
import { services } from './services.mjs';

const address = process.argv[2];
if (!address) {
  console.error('Usage: npm run openapi -- http://127.0.0.1:8080');
  process.exit(2);
}

for (const service of services) {
  const url = new URL(`/openapi/${service}.json`, address);
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}; is the marketplace running there?`);
  }
  const { servers: _where, ...document } = await response.json();
  await writeFile(`openapi/${service}.json`, `${JSON.stringify(document, null, 2)}\n`);
  console.log(`openapi/${service}.json`);
}
