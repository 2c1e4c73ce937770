// Bundles the site's scripts: node build.mjs WORK OUT. Packages are installed once into WORK/node_modules; OUT gets site.js, editor.js and licences.txt.
// Ends with 3 where the packages cannot be had; then the site goes without scripts. Anything else that is not 0 is a mistake in the scripts.
import { execSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const NO_PACKAGES = 3;
const STALE_AFTER = 5 * 60_000;
const NOTICE = /^licen[cs]e(\.(md|txt))?$/i;

const here = path.dirname(fileURLToPath(import.meta.url));
const [work, out] = process.argv.slice(2).map((p) => path.resolve(p));

// Two builds at once may want the same packages: the second waits for the first.
function alone(act) {
  const lock = path.join(work, 'lock');
  fs.mkdirSync(work, { recursive: true });
  for (;;) {
    try {
      fs.mkdirSync(lock);
      break;
    } catch (problem) {
      if (problem.code !== 'EEXIST') throw problem;
      const since = fs.statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
      if (Date.now() - since > STALE_AFTER) fs.rmSync(lock, { recursive: true, force: true });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
  try {
    return act();
  } finally {
    fs.rmSync(lock, { recursive: true, force: true });
  }
}

function install() {
  const files = ['package.json', 'package-lock.json'];
  const wanted = createHash('sha256').update(files.map((f) => fs.readFileSync(path.join(here, f), 'utf8')).join('\0')).update(process.platform + process.arch).digest('hex');
  const stamp = path.join(work, 'installed');
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) return;
  fs.rmSync(stamp, { force: true });
  for (const file of files) fs.copyFileSync(path.join(here, file), path.join(work, file));
  try {
    execSync('npm ci --ignore-scripts --no-audit --no-fund --loglevel=error --fetch-retries=1 --fetch-timeout=60000', { cwd: work, stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (problem) {
    console.log(`npm ci: ${String(problem.stderr ?? problem.message).trim().split('\n')[0]}`);
    process.exitCode = NO_PACKAGES;
    return;
  }
  fs.writeFileSync(stamp, wanted);
}

function bundle() {
  const esbuild = createRequire(path.join(work, 'package.json'))('esbuild');
  const common = {
    absWorkingDir: here, bundle: true, minify: true, metafile: true, write: false, target: 'es2022', charset: 'utf8',
    legalComments: 'eof', logLevel: 'warning', logOverride: { 'unsupported-dynamic-import': 'silent' }, nodePaths: [path.join(work, 'node_modules')],
  };
  const site = esbuild.buildSync({ ...common, entryPoints: ['site.js'], format: 'iife' });
  const editor = esbuild.buildSync({ ...common, entryPoints: ['editor.js'], format: 'esm' });
  fs.mkdirSync(out, { recursive: true });
  put('editor.js', editor.outputFiles[0].contents);
  put('licences.txt', licences([site, editor]));
  // The last one: what is up to date is told from it.
  put('site.js', site.outputFiles[0].contents);
}

// Whoever hands the bundles on must hand on the notices of all that is in them.
function licences(results) {
  const folders = new Set(results.flatMap((r) => Object.keys(r.metafile.inputs)).map((f) => path.resolve(here, f).match(/^.*node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/)?.[0]).filter(Boolean));
  return [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const notice = fs.readdirSync(folder).find((f) => NOTICE.test(f));
    if (!notice) throw new Error(`${name} has no licence file`);
    return `${name} ${version} (${license})\n\n${fs.readFileSync(path.join(folder, notice), 'utf8').trim()}\n`;
  }).join(`\n${'-'.repeat(80)}\n\n`);
}

function put(name, content) {
  const file = path.join(out, name);
  fs.writeFileSync(`${file}.new`, content);
  fs.renameSync(`${file}.new`, file);
}

alone(() => {
  install();
  if (!process.exitCode) bundle();
});
