/** How Mendwright starts and watches the house. */
export default {
  app: { start: 'npm start', ready: '/healthz', sources: ['public/js/**', 'server/**'] },
  scenarios: { config: 'playwright.config.js' },
};
