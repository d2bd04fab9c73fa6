/** A program of the system's own that kills what it was told of when its input ends. */
export interface GuardianCommand {
  readonly file: string;
  readonly args: readonly string[];
}

/**
 * A shell's memory is a few hundred kilobytes; a Node process of the same use takes forty megabytes, and a packaged
 * Electron may not run as Node. Interrupts are ignored: whatever ends Switchyard must not end this first.
 */
const POSIX = `trap '' INT TERM HUP QUIT
groups=' '
while read -r word group; do
  case "$word" in
    watch) groups="$groups$group " ;;
    forget)
      case "$groups" in
        *" $group "*) groups="\${groups%%" $group "*} \${groups#*" $group "}" ;;
      esac ;;
  esac
done
for group in $groups; do kill -s KILL -- "-$group" 2>/dev/null; done`;

const WINDOWS = `$watched = @{}
while ($null -ne ($line = [Console]::In.ReadLine())) {
  $word, $id = $line.Split(' ')
  if ($word -eq 'watch') { $watched[$id] = $true } else { $watched.Remove($id) }
}
foreach ($id in $watched.Keys) { taskkill.exe /PID $id /T /F }`;

/** It reads lines: `watch 123` and `forget 123`, with the id of a group's first process. */
export function guardianCommand(platform: NodeJS.Platform): GuardianCommand {
  return platform === 'win32'
    ? { file: 'powershell.exe', args: ['-NoProfile', '-NonInteractive', '-Command', WINDOWS] }
    : { file: '/bin/sh', args: ['-c', POSIX] };
}
