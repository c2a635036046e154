/** Mendwright watches its own scenarios: `npm run mendwright -- run` in this repository. */
import { defineConfig } from './harness/kit/define-config.ts';

export default defineConfig({
  app: {
    build: 'npm run --silent build -w shop',
    start: 'npm run --silent start -w shop',
    ready: '/healthz',
    sources: ['examples/shop/{src,server,shared}/**'],
  },
  checks: ['npm run --silent typecheck -w shop'],
});
