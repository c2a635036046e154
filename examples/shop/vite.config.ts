/** The front end's build: one bundle with its source maps beside it. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  build: { sourcemap: true, reportCompressedSize: false },
  ...(process.env.VITE_CACHE && { cacheDir: process.env.VITE_CACHE }),
});
