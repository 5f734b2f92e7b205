import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

// Not the page itself: every reply of it differs by its nonce.
const COMPRESSIBLE = /\.(?:js|css|svg)$/;

/** Writes FILE.br and FILE.gz beside every text file of the build, so that the server compresses nothing while it runs. */
function precompress(): Plugin {
  let out = '';
  return {
    name: 'wence-precompress',
    apply: 'build',
    configResolved(config) {
      out = join(config.root, config.build.outDir);
    },
    async closeBundle() {
      for (const name of await readdir(out, { recursive: true })) {
        if (!COMPRESSIBLE.test(name)) continue;
        const path = join(out, name);
        const bytes = await readFile(path);
        const params = {
          [constants.BROTLI_PARAM_QUALITY]: 10,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        };
        await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes, { params }));
        await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  // The server puts a fresh nonce into every page it sends.
  html: { cspNonce: '__CSP_NONCE__' },
  esbuild: { jsx: 'automatic', legalComments: 'none' },
  build: {
    target: 'es2022',
    // A chunk is a page or what pages share; the largest is React with the components of the chat.
    chunkSizeWarningLimit: 900,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    assetsInlineLimit: 0,
    rollupOptions: {
      // antd marks its modules for servers that render React; a browser's bundle has no use for it.
      onwarn(warning, warn) {
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
  plugins: [precompress()],
});
