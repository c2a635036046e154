/** How Mendwright builds, starts and watches the shop. */
export default {
  app: {
    build: 'npm run build',
    start: 'node local/start.ts',
    ready: '/healthz',
    sources: ['src/**', 'server/**', 'shared/**'],
  },
  scenarios: { config: 'playwright.config.ts' },
  checks: ['npm run typecheck'],
};
