// What a text becomes, beside it, while it is typed: one document for each file, with cursors in step.
'use strict';

const path = require('node:path');
const vscode = require('vscode');

const SCHEME = 'todoc-output';
/** How long the text must rest until the output is made anew, in milliseconds. */
const REST = 150;

class Output {
    /** @param client gives the language client, or undefined while there is none. */
    constructor(client) {
        this.client = client;
        /** The files of a text, by its URI: `{ path, text, marks }` as the server gives them. */
        this.files = new Map();
        this.changed = new vscode.EventEmitter();
        this.onDidChange = this.changed.event;
        this.timer = undefined;
        this.mark = vscode.window.createTextEditorDecorationType({
            isWholeLine: true,
            backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
        });
        this.listeners = [
            vscode.workspace.onDidChangeTextDocument(event => {
                if (this.files.has(event.document.uri.toString())) {
                    clearTimeout(this.timer);
                    this.timer = setTimeout(() => this.refresh(), REST);
                }
            }),
            vscode.workspace.onDidCloseTextDocument(document => this.forget(document)),
            vscode.window.onDidChangeTextEditorSelection(event => this.follow(event)),
        ];
    }

    dispose() {
        clearTimeout(this.timer);
        this.listeners.forEach(it => it.dispose());
        this.mark.dispose();
        this.changed.dispose();
    }

    /** The document of a file: its name is the file's, and its query says of which text it is. */
    uri(source, file) {
        return vscode.Uri.from({ scheme: SCHEME, path: `/${file}`, query: source });
    }

    provideTextDocumentContent(uri) {
        const files = this.files.get(uri.query) ?? [];
        const file = files.find(it => `/${it.path}` === uri.path);
        return file?.text ?? '# This file isn\'t made while the text has errors, or not for this target.\n';
    }

    /** Opens the file that a lens names, else the one of the statement at the cursor, else one of all. */
    async open(wanted = {}) {
        const editor = this.sourceEditor();
        if (!editor) {
            vscode.window.showInformationMessage('Open a .todo file first.');
            return;
        }
        const source = editor.document.uri.toString();
        const files = await this.ask(source);
        if (files.length === 0) {
            vscode.window.showWarningMessage('There is no output: the text has errors. See Problems.');
            return;
        }
        const line = editor.selection.active.line;
        const file =
            files.find(it => it.path === wanted.path) ??
            best(files, line) ??
            (await vscode.window.showQuickPick(
                files.map(it => ({ label: it.path, file: it })),
                { title: 'Which file?' },
            ))?.file;
        if (!file) {
            return;
        }
        const document = await vscode.workspace.openTextDocument(this.uri(source, file.path));
        const shown = await vscode.window.showTextDocument(document, {
            viewColumn: vscode.ViewColumn.Beside,
            preserveFocus: true,
            preview: true,
        });
        this.show(shown, file, line);
    }

    /** The editor of the text: the one in use, else the first that is seen. */
    sourceEditor() {
        const isSource = editor => editor?.document.languageId === 'todoc';
        const active = vscode.window.activeTextEditor;
        return isSource(active) ? active : vscode.window.visibleTextEditors.find(isSource);
    }

    async ask(source) {
        const client = this.client();
        const target = vscode.workspace.getConfiguration('todoc', vscode.Uri.parse(source)).get('target');
        const parameters = target ? { uri: source, target } : { uri: source };
        const files = (await client?.sendRequest('todoc/preview', parameters)) ?? [];
        this.files.set(source, files);
        return files;
    }

    /** Makes all that is shown anew. */
    async refresh() {
        for (const source of this.files.keys()) {
            await this.ask(source);
        }
        for (const document of vscode.workspace.textDocuments) {
            if (document.uri.scheme === SCHEME) {
                this.changed.fire(document.uri);
            }
        }
    }

    forget(document) {
        const source = document.uri.scheme === SCHEME ? document.uri.query : document.uri.toString();
        const isOpen = vscode.workspace.textDocuments.some(
            it => !it.isClosed && it.uri.scheme === SCHEME && it.uri.query === source,
        );
        if (!isOpen) {
            this.files.delete(source);
        }
    }

    /** Moves the other side to where this one's cursor is. */
    follow({ textEditor, selections, kind }) {
        // What moved by itself, as the other side does here, moves nothing: some versions say of that what kind
        // it was, but its editor isn't the one in use.
        if (kind === undefined || textEditor !== vscode.window.activeTextEditor) {
            return;
        }
        const line = selections[0].active.line;
        const { uri } = textEditor.document;
        if (uri.scheme === SCHEME) {
            this.followOutput(uri, line);
            return;
        }
        const files = this.files.get(uri.toString()) ?? [];
        for (const editor of vscode.window.visibleTextEditors) {
            const { scheme, query, path: shown } = editor.document.uri;
            const file = files.find(it => `/${it.path}` === shown);
            if (scheme === SCHEME && query === uri.toString() && file) {
                this.show(editor, file, line);
            }
        }
    }

    /** Marks the lines of a file that come from a line of the text, and brings the first into view. */
    show(editor, file, line) {
        const lines = file.marks.filter(([, from]) => from === line).map(([at]) => at);
        const ranges = lines.map(at => new vscode.Range(at, 0, at, 0));
        editor.setDecorations(this.mark, ranges);
        if (ranges.length > 0) {
            editor.selection = new vscode.Selection(ranges[0].start, ranges[0].start);
            editor.revealRange(ranges[0], vscode.TextEditorRevealType.InCenterIfOutsideViewport);
        }
    }

    followOutput(uri, line) {
        const file = (this.files.get(uri.query) ?? []).find(it => `/${it.path}` === uri.path);
        const mark = file?.marks.find(([at]) => at === line);
        const editor = vscode.window.visibleTextEditors.find(it => it.document.uri.toString() === uri.query);
        if (mark && editor) {
            const range = editor.document.lineAt(Math.min(mark[1], editor.document.lineCount - 1)).range;
            editor.setDecorations(this.mark, [range]);
            editor.selection = new vscode.Selection(range.start, range.start);
            editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
        }
    }
}

/** The file that has the most lines of a line of the text; objects before Dockerfiles. */
function best(files, line) {
    const count = file => file.marks.filter(([, from]) => from === line).length;
    const isObject = file => (path.extname(file.path) === '.yaml' ? 1 : 0);
    const from = files.filter(file => count(file) > 0);
    return from.sort((a, b) => isObject(b) - isObject(a) || count(b) - count(a))[0];
}

module.exports = { Output, SCHEME };
