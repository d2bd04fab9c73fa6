/** Debian's package for each library that Electron links to. */
const PACKAGES = new Map([
  ['libX11.so.6', 'libx11-6'],
  ['libXcomposite.so.1', 'libxcomposite1'],
  ['libXdamage.so.1', 'libxdamage1'],
  ['libXext.so.6', 'libxext6'],
  ['libXfixes.so.3', 'libxfixes3'],
  ['libXrandr.so.2', 'libxrandr2'],
  ['libXss.so.1', 'libxss1'],
  ['libXtst.so.6', 'libxtst6'],
  ['libasound.so.2', 'libasound2'],
  ['libatk-1.0.so.0', 'libatk1.0-0'],
  ['libatk-bridge-2.0.so.0', 'libatk-bridge2.0-0'],
  ['libatspi.so.0', 'libatspi2.0-0'],
  ['libcairo.so.2', 'libcairo2'],
  ['libcups.so.2', 'libcups2'],
  ['libdbus-1.so.3', 'libdbus-1-3'],
  ['libdrm.so.2', 'libdrm2'],
  ['libexpat.so.1', 'libexpat1'],
  ['libgbm.so.1', 'libgbm1'],
  ['libgdk-3.so.0', 'libgtk-3-0'],
  ['libgio-2.0.so.0', 'libglib2.0-0'],
  ['libglib-2.0.so.0', 'libglib2.0-0'],
  ['libgobject-2.0.so.0', 'libglib2.0-0'],
  ['libgtk-3.so.0', 'libgtk-3-0'],
  ['libnspr4.so', 'libnspr4'],
  ['libnss3.so', 'libnss3'],
  ['libnssutil3.so', 'libnss3'],
  ['libpango-1.0.so.0', 'libpango-1.0-0'],
  ['libsmime3.so', 'libnss3'],
  ['libudev.so.1', 'libudev1'],
  ['libxcb.so.1', 'libxcb1'],
  ['libxkbcommon.so.0', 'libxkbcommon0'],
]);

/** Renamed in Debian 13 and Ubuntu 24.04, when their time became 64 bits wide. */
const RENAMED = new Set([
  'libasound2',
  'libatk-bridge2.0-0',
  'libatk1.0-0',
  'libatspi2.0-0',
  'libcups2',
  'libglib2.0-0',
  'libgtk-3-0',
]);

/**
 * The libraries that `ldd` did not find.
 *
 * @param {string} lddOutput
 * @returns {string[]} each once
 */
export function missingLibraries(lddOutput) {
  return [...new Set([...lddOutput.matchAll(/^[ \t]*(\S+) => not found/gm)].map((match) => match[1] ?? ''))];
}

/**
 * @param {readonly string[]} libraries
 * @returns {{ packages: string[], unknown: string[] }} packages: each once; unknown: libraries of no known package
 */
export function packagesFor(libraries) {
  const packages = libraries.flatMap((library) => PACKAGES.get(library) ?? []);
  return { packages: [...new Set(packages)], unknown: libraries.filter((library) => !PACKAGES.has(library)) };
}

/**
 * The names that this release has for them.
 *
 * @param {readonly string[]} packages
 * @param {ReadonlySet<string>} known what its package lists name
 * @returns {string[]}
 */
export function asNamedHere(packages, known) {
  return packages.map((name) => (RENAMED.has(name) && known.has(`${name}t64`) ? `${name}t64` : name));
}

/**
 * Debian's packages for the programs that the tests compare with or put behind Switchyard, and the file that shows that
 * a package is installed. None of them starts a service.
 *
 * @type {readonly (readonly [name: string, file: string])[]}
 */
const PEERS = [
  ['nginx-light', '/usr/sbin/nginx'],
  ['haproxy', '/usr/sbin/haproxy'],
  ['curl', '/usr/bin/curl'],
  ['openssl', '/usr/bin/openssl'],
  ['apache2-bin', '/usr/sbin/apache2'],
  ['php-cli', '/usr/bin/php'],
  ['gunicorn', '/usr/bin/gunicorn'],
  ['python3-flask', '/usr/lib/python3/dist-packages/flask/__init__.py'],
  ['golang-go', '/usr/bin/go'],
  ['ruby-sinatra', '/usr/share/doc/ruby-sinatra'],
  ['ruby-webrick', '/usr/share/doc/ruby-webrick'],
  ['default-jre-headless', '/usr/bin/java'],
  ['libtomcat10-embed-java', '/usr/share/java/tomcat10-embed-core.jar'],
];

/**
 * Debian's packages for the peers that are missing.
 *
 * @param {(file: string) => boolean} exists
 * @returns {string[]}
 */
export function missingPeerPackages(exists) {
  return PEERS.filter(([, file]) => !exists(file)).map(([name]) => name);
}
