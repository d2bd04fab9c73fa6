import { chmod } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type UserConfig } from 'vite';
import electron from 'vite-plugin-electron/simple';
import packageJson from './package.json' with { type: 'json' };
import { DevApp } from './scripts/dev-app.mjs';

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
    rolldownOptions: {
      external,
      // Without a hash: a chunk of an earlier build is written over rather than left to be packaged.
      output: { format, entryFileNames: names, chunkFileNames: 'chunks/[name].js' },
    },
  },
});

/** The command line is run by name, so it wants a first line that says by what, and the right to be run. */
const executableCli: Plugin = {
  name: 'executable-cli',
  apply: 'build',
  outputOptions: (options) => ({
    ...options,
    banner: (chunk) => (chunk.isEntry && chunk.name === 'cli' ? '#!/usr/bin/env node' : ''),
  }),
  writeBundle: () => chmod(join(import.meta.dirname, 'dist/cli.js'), 0o755),
};

const devApp = new DevApp();
/** The plugin itself would start the next app before the last one has ended, and the profile would still be in use. */
const onstart = () => devApp.restart();

export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [
    react(),
    electron({
      main: {
        entry: {
          start: 'electron/start.ts',
          main: 'electron/desktop/main.ts',
          worker: 'electron/engine/core/worker.ts',
          'demo-worker': 'electron/services/demo/demo-worker.ts',
          'traffic-worker': 'electron/services/traffic/traffic-worker.ts',
          cli: 'electron/cli.ts',
        },
        vite: { root: import.meta.dirname, plugins: [executableCli], ...nodeSide('es', '[name].js') },
        onstart,
      },
      preload: {
        input: { preload: 'electron/preload.ts' },
        onstart,
        vite: { root: import.meta.dirname, ...nodeSide('cjs', '[name].cjs') },
      },
    }),
  ],
  build: { outDir: '../dist/renderer', emptyOutDir: true, target: 'chrome130', sourcemap: true },
});
