// The language server in VS Code, and the output beside the text.
'use strict';

const { execFile } = require('node:child_process');
const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');
const { Output, SCHEME } = require('./output');
const tasks = require('./tasks');

const LANGUAGE = 'todoc';

/** The client, once there is one. */
let client;

/** The program, as the settings say. */
function program() {
    return vscode.workspace.getConfiguration(LANGUAGE).get('path') || LANGUAGE;
}

async function start(output) {
    const middleware = {
        // The lens of the server: it names a file of the output and a line of it.
        executeCommand: (command, parameters, next) =>
            command === 'todoc.preview' ? output.open(parameters[1]) : next(command, parameters),
    };
    client = new LanguageClient(
        LANGUAGE,
        'todoc',
        { command: program(), args: ['lsp'] },
        {
            documentSelector: [{ scheme: 'file', language: LANGUAGE }, { scheme: 'untitled', language: LANGUAGE }],
            synchronize: { configurationSection: LANGUAGE },
            initializationOptions: { commands: true },
            middleware,
        },
    );
    try {
        await client.start();
    } catch (error) {
        const again = 'Open Settings';
        const message =
            `\`${program()} lsp\` can't be started: ${error.message}. Install todoc, or say in the setting ` +
            '`todoc.path` where it is.';
        if ((await vscode.window.showErrorMessage(message, again)) === again) {
            vscode.commands.executeCommand('workbench.action.openSettings', 'todoc.path');
        }
    }
}

async function stop() {
    const running = client;
    client = undefined;
    // One that never started can't be stopped.
    await running?.stop().catch(() => undefined);
}

/** The targets that a text declares, in order. */
function targets(text) {
    return [...text.matchAll(/^target[ \t]+([A-Za-z_][A-Za-z0-9_-]*)/gm)].map(match => match[1]);
}

async function chooseTarget(output) {
    const editor = vscode.window.activeTextEditor;
    const all = editor ? targets(editor.document.getText()) : [];
    if (all.length === 0) {
        vscode.window.showInformationMessage('This file declares no target.');
        return;
    }
    const target = await vscode.window.showQuickPick(all, { title: 'Whose values and output are shown?' });
    if (target && client) {
        await client.sendRequest('workspace/executeCommand', {
            command: 'todoc.selectTarget',
            arguments: [target],
        });
        output.refresh();
    }
}

async function explain(number) {
    const code =
        number ??
        (await vscode.window.showInputBox({ title: 'Explain a code', placeHolder: 'E0304', value: codeHere() }));
    if (!code || !client) {
        return;
    }
    const parameters = { command: 'todoc.explain', arguments: [code.trim().toUpperCase()] };
    const page = await client.sendRequest('workspace/executeCommand', parameters);
    if (!page) {
        vscode.window.showWarningMessage(`There is no code \`${code}\`.`);
        return;
    }
    const document = await vscode.workspace.openTextDocument({ content: page, language: 'markdown' });
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
}

/** The code of what is wrong at the cursor. */
function codeHere() {
    const editor = vscode.window.activeTextEditor;
    const all = editor ? vscode.languages.getDiagnostics(editor.document.uri) : [];
    const here = all.find(it => it.range.contains(editor.selection.active));
    const code = here?.code;
    return String(code?.value ?? code ?? '');
}

/** Shows who names the thing at a place: the command of a lens. */
function references(uri, { position } = {}) {
    const editor = vscode.window.activeTextEditor;
    const document = uri ? vscode.Uri.parse(uri) : editor?.document.uri;
    if (document && position) {
        const place = new vscode.Position(position.line, position.character);
        return vscode.commands.executeCommand('editor.action.goToReferences', document, place);
    }
    return undefined;
}

/** Writes a first text for the folder, and opens it. */
async function init() {
    const all = vscode.workspace.workspaceFolders ?? [];
    const folder = all.length > 1 ? await vscode.window.showWorkspaceFolderPick() : all[0];
    if (!folder || !vscode.workspace.isTrusted) {
        vscode.window.showInformationMessage('Open a folder that you trust first.');
        return;
    }
    const failed = await new Promise(resolve => {
        execFile(program(), ['init'], { cwd: folder.uri.fsPath }, (error, _, said) => resolve(error && (said || error.message)));
    });
    if (failed) {
        vscode.window.showErrorMessage(failed.split('\n')[0]);
        return;
    }
    await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, 'app.todo'));
}

async function activate(context) {
    const output = new Output(() => client);
    const command = (name, run) => context.subscriptions.push(vscode.commands.registerCommand(name, run));
    context.subscriptions.push(
        output,
        vscode.workspace.registerTextDocumentContentProvider(SCHEME, output),
        vscode.tasks.registerTaskProvider(LANGUAGE, new tasks.Provider(program)),
    );
    command('todoc.openOutput', () => output.open());
    command('todoc.chooseTarget', () => chooseTarget(output));
    command('todoc.explainCode', explain);
    command('todoc.init', init);
    command('todoc.references', references);
    command('todoc.build', (uri, wanted) => tasks.build(program, wanted));
    command('todoc.restart', async () => {
        await stop();
        await start(output);
    });
    const startTrusted = () => start(output);
    if (vscode.workspace.isTrusted) {
        await startTrusted();
    } else {
        context.subscriptions.push(vscode.workspace.onDidGrantWorkspaceTrust(startTrusted));
    }
}

module.exports = { activate, deactivate: stop };
