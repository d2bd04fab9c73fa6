import { chmod, readFile, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import electron from 'vite-plugin-electron/simple';
import packageJson from './package.json' with { type: 'json' };

const external = ['electron', /^node:/, ...builtinModules];
const define = { SWITCHYARD_VERSION: JSON.stringify(packageJson.version) };

/** Everything is bundled, so that the packaged app needs no node_modules. */
const nodeSide = (format: 'es' | 'cjs', names: string): UserConfig => ({
  define,
  // Vite's own stand-ins for what a browser has not got must not replace the real thing.
  resolve: { conditions: ['node'], mainFields: ['module', 'main'] },
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'node20',
    sourcemap: true,
    minify: false,
    rollupOptions: {
      external,
      output: { format, entryFileNames: names, chunkFileNames: '[name]-[hash].js' },
    },
  },
});

/** The command line is run by name, so it wants a first line that says by what, and the right to be run. */
const executableCli: Plugin = {
  name: 'executable-cli',
  apply: 'build',
  async writeBundle() {
    const path = fileURLToPath(new URL('./dist/cli.js', import.meta.url));
    const code = await readFile(path, 'utf8');
    if (!code.startsWith('#!')) await writeFile(path, `#!/usr/bin/env node\n${code}`);
    await chmod(path, 0o755);
  },
};

export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [
    react(),
    electron({
      main: {
        entry: {
          main: 'electron/main.ts',
          worker: 'electron/engine/worker.ts',
          cli: 'electron/cli.ts',
        },
        vite: { root: import.meta.dirname, plugins: [executableCli], ...nodeSide('es', '[name].js') },
        // The plugin would start Electron with --no-sandbox.
        onstart: ({ startup }) => startup(['.']),
      },
      preload: {
        input: { preload: 'electron/preload.ts' },
        vite: { root: import.meta.dirname, ...nodeSide('cjs', '[name].cjs') },
      },
    }),
  ],
  build: { outDir: '../dist/renderer', emptyOutDir: true, target: 'chrome130', sourcemap: true },
});
