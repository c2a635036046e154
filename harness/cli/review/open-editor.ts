/** Opens a place of the app in the person's editor, which has a window of its own; others get the command to type. */
import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { Failure } from '../../model/failure.ts';
import type { Answer } from '../../review/tools.ts';

interface Place {
  readonly file: string;
  readonly line: number;
}

/** How editors are told the line. */
const GOTO = /^(?:code|code-insiders|codium|vscodium|cursor|windsurf|positron)$/;
const LINE_FLAG = /^(?:idea|webstorm|phpstorm|pycharm|rubymine|goland|rider|fleet|kate|pluma|xed)(?:64)?$/;
const PLUS = /^(?:gvim|mvim|emacsclient|gedit|mate)$/;
const COLON = /^(?:subl|sublime_text|zed|zeditor|atom|lapce)$/;
/** These need the terminal that the server has. */
const IN_TERMINAL = /^(?:vi|vim|nvim|nano|pico|emacs|helix|hx|micro|ed|joe|kak|less)$/;

/** Arguments of an editor for a place; undefined for what needs a terminal. */
export function editorCommand(editor: string, path: string, line: number): string[] | undefined {
  const [program = '', ...flags] = editor.trim().split(/\s+/);
  const name = basename(program).replace(/\.(?:exe|cmd|bat|sh)$/i, '');
  if (IN_TERMINAL.test(name)) return undefined;
  if (GOTO.test(name)) return [program, ...flags, '--goto', `${path}:${line}`];
  if (LINE_FLAG.test(name)) return [program, ...flags, '--line', String(line), path];
  if (PLUS.test(name)) return [program, ...flags, `+${line}`, path];
  if (COLON.test(name)) return [program, ...flags, `${path}:${line}`];
  return [program, ...flags, path];
}

/** Throws the usage Failures `file-outside` and `editor-missing`. */
export async function openEditor(
  { top, editor }: { top: string; editor: string | undefined },
  { file, line }: Place,
): Promise<Answer> {
  const path = insideOf(top, file);
  const command = editor === undefined ? undefined : editorCommand(editor, path, line);
  if (command === undefined) {
    const hint = editor === undefined ? 'No editor with a window is set (review.editor, MENDWRIGHT_EDITOR). ' : '';
    return { text: `${hint}The place is:`, commands: [`${file}:${line}`] };
  }
  const [program = '', ...args] = command;
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', () => resolve());
    child.once('error', (cause) =>
      reject(
        new Failure('usage', 'editor-missing', `${program} cannot be started.`, {
          hint: `Set review.editor or MENDWRIGHT_EDITOR. The place is ${file}:${line}.`,
          cause,
        }),
      ),
    );
  });
  child.unref();
  return { text: `${file}:${line} was opened in ${basename(program)}.`, commands: [] };
}

/** The record names files; one that leads out of the app is none of it. */
function insideOf(top: string, file: string): string {
  try {
    const path = realpathSync(join(top, file));
    if (path.startsWith(`${realpathSync(top)}${sep}`)) return path;
  } catch {
    // Told below: it is not in this checkout.
  }
  throw new Failure('usage', 'file-outside', `${file} is not in this checkout.`, {
    hint: 'It may be on another branch, or removed since.',
  });
}
