// `todoc check` and `todoc build` as tasks, whose findings go to Problems.
'use strict';

const path = require('node:path');
const vscode = require('vscode');

/** No more files than these get tasks. */
const MOST_FILES = 50;

/** A task; `target` may be missing. */
function task(program, folder, definition) {
    const { command, file, target } = definition;
    const more = target ? ['--target', target] : [];
    const args = [command, file, ...more, '--report', 'short'];
    const name = [command, file, ...(target ? ['for', target] : [])].join(' ');
    const execution = new vscode.ProcessExecution(program(), args, { cwd: folder.uri.fsPath });
    const made = new vscode.Task({ type: 'todoc', ...definition }, folder, name, 'todoc', execution, ['$todoc']);
    if (command === 'build') {
        made.group = vscode.TaskGroup.Build;
    }
    return made;
}

class Provider {
    constructor(program) {
        this.program = program;
    }

    async provideTasks() {
        const files = await vscode.workspace.findFiles('**/*.todo', '**/{node_modules,target,.git}/**', MOST_FILES);
        return files.flatMap(uri => {
            const folder = vscode.workspace.getWorkspaceFolder(uri);
            if (!folder) {
                return [];
            }
            const file = path.relative(folder.uri.fsPath, uri.fsPath);
            return ['check', 'build'].map(command => task(this.program, folder, { command, file }));
        });
    }

    resolveTask(given) {
        const folder = typeof given.scope === 'object' ? given.scope : vscode.workspace.workspaceFolders?.[0];
        const { command, file } = given.definition;
        const isKnown = ['check', 'build'].includes(command) && typeof file === 'string';
        return folder && isKnown ? task(this.program, folder, given.definition) : undefined;
    }
}

/** Builds the file in use for a target: the command of a lens. */
async function build(program, { target } = {}) {
    const document = vscode.window.activeTextEditor?.document;
    const folder = document && vscode.workspace.getWorkspaceFolder(document.uri);
    if (!folder) {
        vscode.window.showInformationMessage('Open the folder of the file first.');
        return;
    }
    if (document.isDirty && !(await document.save())) {
        return;
    }
    const file = path.relative(folder.uri.fsPath, document.uri.fsPath);
    await vscode.tasks.executeTask(task(program, folder, { command: 'build', file, target }));
}

module.exports = { Provider, build };
