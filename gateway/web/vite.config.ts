import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const marketplace = process.env.MARKETPLACE_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  server: { proxy: { '/api': marketplace } },
  preview: { proxy: { '/api': marketplace } },
  build: { target: 'es2022', chunkSizeWarningLimit: 900 },
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'], setupFiles: ['src/test/setup.ts'] },
});
