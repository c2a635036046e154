/** Opens the house. */
import { createApp } from './app.js';
import { settings } from './settings.js';

const server = createApp().listen(settings.port, '127.0.0.1', (error) => {
  if (error) throw error;
  console.log(`Harbour Rooms is open at http://127.0.0.1:${server.address().port}`);
});
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));
