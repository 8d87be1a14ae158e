import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [svelte({ configFile: false })],
  // The files work under any path; the policy of the page's headers forbids data: in style sheets and scripts.
  base: './',
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: false, chunkSizeWarningLimit: 1000 },
});
